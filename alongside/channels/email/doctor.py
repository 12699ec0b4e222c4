"""What `alongside doctor` asks of mail: addresses that fail, mail that waits, letters that nobody knows about."""

import os
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from alongside.channels.email import receiver
from alongside.channels.email.models import HouseLetter, Mailbox, RawMail
from alongside.conversations.models import UNKNOWN, WAITING, Message

SUBJECT = "mail"
Found = tuple[str, str, str, str]
STALE = timedelta(minutes=15)


def check() -> Iterator[Found]:
    """(level, subject, meaning, advice) of each finding; levels are ok, warn, fail."""
    boxes = list(Mailbox.objects.order_by("address"))
    if not boxes:
        yield "warn", SUBJECT, "no mail address is connected", "Connect one: Settings, Mail addresses."
    for box in boxes:
        yield _about(box)
    yield from _receiver(boxes)
    yield from _waiting()


def _about(box: Mailbox) -> Found:
    subject = f"{SUBJECT} {box.address}"
    if box.state == Mailbox.FAILING:
        return "fail", subject, box.trouble, "Settings, Mail addresses; nothing is lost meanwhile."
    if box.state == Mailbox.NEW:
        return "warn", subject, "not begun yet", "Settings, Mail addresses: look, and begin."
    if box.state == Mailbox.PAUSED:
        return "warn", subject, "paused", "Resume it in the settings when mail shall come in again."
    if box.fetches and (box.heard_at is None or timezone.now() - box.heard_at > STALE):
        return "warn", subject, "its server was not heard for a while", "Does `alongside serve` or `worker` run?"
    if not box.sends:
        return "warn", subject, "no server for outgoing mail, so nobody can be answered", "Add one in the settings."
    return "ok", subject, "connected", ""


def _receiver(boxes: list[Mailbox]) -> Iterator[Found]:
    place, wanted = os.environ.get("SMTP_LISTEN", "").strip(), any(box.receives_by_smtp for box in boxes)
    if wanted and not place:
        yield "fail", "mail receiver", "an address expects forwarded mail, but SMTP_LISTEN is not set", (
            'Set SMTP_LISTEN, as in "0.0.0.0:2525".'
        )
    if place:
        try:
            receiver.address_of(place)
        except ValueError:
            yield "fail", "mail receiver", f"SMTP_LISTEN is {place!r}", 'It should be as in "0.0.0.0:2525".'
    for name in ("SMTP_CERTIFICATE", "SMTP_KEY"):
        path = os.environ.get(name)
        if path and not os.access(path, os.R_OK):
            yield "fail", "mail receiver", f"{name} ({path}) cannot be read", "Check the path and who may read it."


def _waiting() -> Iterator[Found]:
    old = timezone.now() - STALE
    stuck = RawMail.objects.filter(state=RawMail.STORED, received_at__lt=old).count()
    if stuck:
        yield "warn", "mail in", f"{stuck} mails are stored and not taken in yet", "Is the worker running? See its log."
    late = Message.objects.filter(state=WAITING, channel="email", due_at__lt=old).count()
    late += HouseLetter.objects.filter(state=HouseLetter.WAITING, due_at__lt=old).count()
    if late:
        yield "warn", "mail out", f"{late} letters should have left by now", "Is the worker running? See its log."
    unknown = Message.objects.filter(state=UNKNOWN, channel="email").count()
    if unknown:
        yield "warn", "mail out", f"{unknown} letters may or may not have gone", "Their conversations ask what to do."
