"""Letters that the house itself writes leave through the same door as everybody's: kept first, then handed over."""

import logging
from datetime import timedelta
from email.utils import formataddr

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alongside.channels.email import carrying, post_office
from alongside.channels.email.models import HouseLetter, Mailbox
from alongside.people.models import Person

log = logging.getLogger(__name__)
LANE = "house"
GIVE_UP_AFTER = timedelta(days=2)
LOST_AFTER = timedelta(minutes=7)
FORGOTTEN_AFTER = timedelta(days=7)
AT_ONCE = 20


def speaker(to: str) -> Mailbox | None:
    """The mailbox from which the house writes to `to`: the oldest that can send, and is not in trouble if one is not.

    The demo's post office is for the demo's own people; others get theirs from there only while nothing leads outside.
    """
    boxes = [box for box in Mailbox.objects.select_related("inbox").order_by("id") if box.sends]
    of_the_demo = Person.objects.with_email(to).filter(demo=True).exists()

    def first(box: Mailbox) -> tuple[bool, bool]:
        return (box.transport == Mailbox.POST_OFFICE) != of_the_demo, bool(box.trouble_out)

    return min(boxes, key=first, default=None)


def stays_here(to: str) -> bool:
    """Whether a letter to `to` would only lie in the demo's post office, which sends nothing outside."""
    mailbox = speaker(to)
    return mailbox is not None and mailbox.transport == Mailbox.POST_OFFICE


def keep(message) -> int:
    """Keep a Django EmailMessage for each of its recipients, in the caller's transaction; returns how many.

    Those whom no mailbox reaches are left out, so that nobody is told of a letter that will not go.
    """
    return sum(_keep(message, to, mailbox) for to in message.recipients() if (mailbox := speaker(to)))


def _keep(message, to: str, mailbox: Mailbox) -> bool:
    message.from_email = formataddr((mailbox.name or mailbox.inbox.name, mailbox.address))
    raw = message.message().as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return bool(HouseLetter.objects.create(to=to, raw=raw))


def is_due() -> bool:
    """Whether a letter waits to leave, or was lost by a process that died."""
    return HouseLetter.objects.filter(_due()).exists()


def send_due() -> int:
    """Send what is due; returns how many letters were taken."""
    claimed = _claim()
    by_door: dict[Mailbox | None, list[HouseLetter]] = {}
    for letter in claimed:
        by_door.setdefault(speaker(letter.to), []).append(letter)
    for mailbox, letters in by_door.items():
        _send_through(mailbox, letters)
    return len(claimed)


def _send_through(mailbox: Mailbox | None, letters: list[HouseLetter]) -> None:
    line = carrying.Line(mailbox) if mailbox else None
    away: carrying.NotYet | None = None
    for letter in letters:
        try:
            if away or mailbox is None:
                raise away or carrying.Away("no mailbox can send")
            _hand_over(letter, mailbox, line)
        except carrying.Unknown as nobody_knows:
            _settle(letter, HouseLetter.UNKNOWN, str(nobody_knows))
        except carrying.Never as never:
            _settle(letter, HouseLetter.FAILED, str(never))
        except carrying.NotYet as trouble:
            away = trouble if isinstance(trouble, carrying.Away) else away
            _later(letter, trouble)
    if line:
        line.close()


def forget_old() -> int:
    """Delete letters that did not go and that nobody will read any more; they may hold links."""
    old = HouseLetter.objects.filter(made_at__lt=timezone.now() - FORGOTTEN_AFTER)
    return old.exclude(state=HouseLetter.WAITING).delete()[0]


def _due() -> Q:
    now = timezone.now()
    lost = Q(state=HouseLetter.LEAVING, due_at__lt=now - LOST_AFTER)
    return Q(state=HouseLetter.WAITING, due_at__lte=now) | lost


def _claim() -> list[HouseLetter]:
    with transaction.atomic():
        due = list(HouseLetter.objects.select_for_update(skip_locked=True).filter(_due()).order_by("due_at")[:AT_ONCE])
        lost = [letter for letter in due if letter.state == HouseLetter.LEAVING and letter.handing_over_at]
        for letter in lost:
            _settle(letter, HouseLetter.UNKNOWN, "the process that sent it was cut off")
        claimed = [letter for letter in due if letter not in lost]
        ids = [letter.pk for letter in claimed]
        HouseLetter.objects.filter(pk__in=ids).update(state=HouseLetter.LEAVING, due_at=timezone.now())
    return claimed


def _hand_over(letter: HouseLetter, mailbox: Mailbox, line: carrying.Line) -> None:
    if mailbox.transport == Mailbox.POST_OFFICE:
        with transaction.atomic():
            post_office.deliver([letter.to], mailbox.address, bytes(letter.raw))
            letter.delete()
        return

    def before_data():
        HouseLetter.objects.filter(pk=letter.pk).update(handing_over_at=timezone.now())

    line.hand_over([letter.to], bytes(letter.raw), before_data)
    letter.delete()  # it may hold a link that opens a door


def _settle(letter: HouseLetter, state: str, said: str) -> None:
    log.warning("A letter of the house (%s) is %s: %s", letter.pk, state, said)
    HouseLetter.objects.filter(pk=letter.pk).update(state=state, server_said=said[:2000])


def _later(letter: HouseLetter, trouble: carrying.NotYet) -> None:
    if timezone.now() - letter.made_at > GIVE_UP_AFTER:
        _settle(letter, HouseLetter.FAILED, str(trouble))
        return
    pause = timedelta(seconds=min(3600, 30 * 2 ** min(letter.attempts, 8)))
    HouseLetter.objects.filter(pk=letter.pk).update(
        state=HouseLetter.WAITING, due_at=timezone.now() + pause, attempts=letter.attempts + 1, handing_over_at=None,
        server_said=str(trouble)[:2000],
    )  # fmt: skip
