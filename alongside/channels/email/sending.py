"""Mail out: takes what is due, hands it over, and says what became of it. Nothing is sent twice silently.

Each inbox has a lane of its own, so that a server that hangs holds up nobody else's mail.
"""

import asyncio
import contextlib
import logging
import threading
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.channels.email import carrying, house, post_office
from alongside.channels.email.models import Mailbox, Outgoing
from alongside.channels.email.preparing import CannotWrite, mailbox_of, prepare
from alongside.conversations.models import LEAVING, Conversation, Message
from alongside.conversations.sending import claim_due, mark_failed, mark_sent, mark_unknown, put_off
from alongside.lib.threads import Threads, with_connection

log = logging.getLogger(__name__)
GIVE_UP_AFTER = timedelta(days=2)
LOST_AFTER = timedelta(minutes=7)  # longer than any handing over may take (carrying.LETTER_SECONDS)
PAUSE_SECONDS = 1.0  # between looks at the outbox
LANES = 8
AT_ONCE = 20


async def run(stop: asyncio.Event) -> None:
    """Send what is due until `stop`."""
    outbox, looking = Outbox(), Threads("looking into the outbox", 1)
    try:
        while not stop.is_set():
            try:
                found = await looking.query(outbox.look)
            except Exception as broken:  # the database is away: the outbox waits, nothing of it is lost
                log.warning("The outbox cannot be looked into: %s", broken)
                found = False
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 0.05 if found else PAUSE_SECONDS)
    finally:
        await asyncio.to_thread(looking.close)
        await asyncio.to_thread(outbox.close)


class Outbox:
    """Claims what is due and gives it to the lanes that are free."""

    def __init__(self):
        self._lanes = Threads("sending", LANES)
        self._busy: set = set()
        self._lock = threading.Lock()

    def look(self) -> bool:
        """Claim and hand to lanes what is due; True when there was something."""
        rescue_lost()
        with self._lock:
            busy = set(self._busy)
        if len(busy) >= LANES:
            return False
        found = claim_due(AT_ONCE, channel="email", besides_inboxes=busy - {house.LANE})
        by_inbox = defaultdict(list)
        for message in found:
            by_inbox[message.conversation.inbox_id].append(message)
        for inbox_id, messages in by_inbox.items():
            self._begin(inbox_id, send_all, messages)
        if house.LANE not in busy and house.is_due():
            self._begin(house.LANE, house.send_due)
        return bool(found)

    def _begin(self, lane, work, *args) -> None:
        with self._lock:
            self._busy.add(lane)

        def work_off():
            try:
                with_connection(work, *args)
            except Exception:
                log.exception("The lane %s broke off", lane)
            finally:
                with self._lock:
                    self._busy.discard(lane)

        self._lanes.start(work_off)

    def close(self) -> None:
        """Let the lanes end what they are at."""
        self._lanes.close()


def send_due(limit: int = AT_ONCE) -> int:
    """Send what is due, here and now, one after the other; returns how many messages were taken."""
    rescue_lost()
    claimed = claim_due(limit, channel="email")
    send_all(claimed)
    house.send_due()
    return len(claimed)


def send_all(messages: list[Message]) -> None:
    """Send claimed messages. When a server is away, the others for it wait without another try."""
    lines: dict[int, carrying.Line] = {}
    away: dict[int, carrying.Away] = {}
    try:
        for message in messages:
            try:
                _send(message, lines, away)
            except Exception:  # whatever it was, the message must not stay `leaving` without a word
                log.exception("Message %s could not be sent", message.id)
                _settle_broken(message)
    finally:
        for line in lines.values():
            line.close()


def rescue_lost() -> int:
    """Settle what a process that died had claimed: unknown where the letter may have left, else it waits again."""
    lost = Message.objects.filter(state=LEAVING, channel="email", due_at__lt=timezone.now() - LOST_AFTER)
    found = list(lost.select_related("outgoing").order_by("due_at")[:500])
    for message in found:
        outgoing = getattr(message, "outgoing", None)
        if outgoing and outgoing.handing_over_at:
            mark_unknown(message, _("We were cut off while it was leaving, so it may or may not have gone."))
        else:
            put_off(message, timezone.now())
    return len(found)


def _send(message: Message, lines: dict, away: dict) -> None:
    mailbox = mailbox_of(message)
    if mailbox is None:
        mark_failed(message, _("This inbox has no mail address that can send yet. Connect one in the settings."))
        return
    try:
        outgoing = prepare(message, mailbox)
    except CannotWrite as unsafe:
        log.warning("Message %s cannot be written: %s", message.id, unsafe)
        mark_failed(message, _("An address or name in this letter is none that mail can carry, or it is too large."))
        return
    wanted = [one.address for one in message.recipients.all() if one.role in ("to", "cc", "bcc")]
    recipients = [address for address in dict.fromkeys(wanted) if address not in outgoing.done]
    if mailbox.transport == Mailbox.POST_OFFICE:
        with transaction.atomic():
            post_office.deliver(recipients, mailbox.address, bytes(outgoing.raw), message)
            mark_sent(message, message_id=f"<{outgoing.mail_id}>")
    elif mailbox.pk in away:
        _later(message, outgoing, away[mailbox.pk])
    elif not recipients:
        mark_sent(message, message_id=f"<{outgoing.mail_id}>")
    else:
        line = lines.setdefault(mailbox.pk, carrying.Line(mailbox))
        _carry(message, outgoing, line, recipients, away)


def _carry(message: Message, outgoing: Outgoing, line: carrying.Line, recipients: list[str], away: dict) -> None:
    try:
        handed = line.hand_over(recipients, bytes(outgoing.raw), lambda: _mark_handing_over(message, outgoing))
    except NotOurs:
        log.warning("Message %s was taken over by another process", message.id)
    except carrying.Away as trouble:
        away[line.mailbox.pk] = trouble
        line.mailbox.is_failing("out", str(trouble))
        _later(message, outgoing, trouble)
    except carrying.Unknown as nobody_knows:
        _note(outgoing, nobody_knows, handing_over=True)
        mark_unknown(message, nobody_knows.words)
    except carrying.Never as never:
        outgoing.attempts = 0
        _note(outgoing, never)
        mark_failed(message, str(never))
    except carrying.NotYet as trouble:
        _later(message, outgoing, trouble)
    else:
        line.mailbox.is_well("out")
        _sent(message, outgoing, handed)


def _sent(message: Message, outgoing: Outgoing, handed: carrying.Handed) -> None:
    with transaction.atomic():
        outgoing.done = [*outgoing.done, *handed.taken]
        outgoing.refused = [{"address": one, "said": said} for one, said in handed.refused.items()]
        outgoing.handing_over_at = None
        outgoing.save(update_fields=["done", "refused", "handing_over_at"])
        mark_sent(message, message_id=f"<{outgoing.mail_id}>")
        if handed.refused:
            words = "; ".join(f"{one}: {said}" for one, said in handed.refused.items())
            Message.objects.filter(pk=message.pk).update(trouble=words[:400])


class NotOurs(Exception):
    """Another process has claimed the message since; this one leaves it alone."""


@contextlib.contextmanager
def _while_ours(message: Message) -> Iterator[None]:
    """Hold the message, locked as its room locks it. Raises NotOurs when our claim is over."""
    with transaction.atomic():
        Conversation(pk=message.conversation_id).hold()
        held = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        if held.state != LEAVING or held.due_at != message.due_at:
            raise NotOurs
        yield


def _later(message: Message, outgoing: Outgoing, trouble: carrying.NotYet) -> None:
    """Wait again, a little longer each time, for two days; then say so."""
    outgoing.attempts += 1
    over = timezone.now() - outgoing.first_try_at > GIVE_UP_AFTER
    pause = timedelta(seconds=min(3600, 30 * 2 ** min(outgoing.attempts - 1, 8)))
    outgoing.attempts = 0 if over else outgoing.attempts
    _note(outgoing, trouble)
    with contextlib.suppress(NotOurs), _while_ours(message):
        if over:
            mark_failed(message, str(trouble))
        else:
            put_off(message, timezone.now() + pause, trouble.words)


def _note(outgoing: Outgoing, trouble: carrying.NotYet, handing_over: bool = False) -> None:
    outgoing.server_said = trouble.said[:2000]
    outgoing.handing_over_at = outgoing.handing_over_at if handing_over else None
    outgoing.save(update_fields=["server_said", "handing_over_at", "attempts"])


def _mark_handing_over(message: Message, outgoing: Outgoing) -> None:
    """Committed before the server gets a byte: who dies from here on leaves an unknown, never a second try."""
    with _while_ours(message):
        outgoing.handing_over_at = timezone.now()
        outgoing.save(update_fields=["handing_over_at"])


def _settle_broken(message: Message) -> None:
    """A fault of ours: unknown when the letter may have left, else wait and try again."""
    outgoing = Outgoing.objects.filter(message=message).first()
    if outgoing and outgoing.handing_over_at:
        mark_unknown(message, _("Something of ours broke while it was leaving, so it may or may not have gone."))
    elif timezone.now() - (outgoing.first_try_at if outgoing else message.at) > GIVE_UP_AFTER:
        mark_failed(message, _("Something of ours is broken. Your words are safe here."))
    else:
        put_off(message, timezone.now() + timedelta(minutes=2), _("Something of ours broke. We try again."))
