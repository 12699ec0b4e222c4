"""Whom an answer goes to: reply, reply to all, forward; never to ourselves, and never to a stranger unasked."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from alongside.conversations.letters import Address
from alongside.conversations.models import MESSAGE, RECEIVED, UNDONE, Conversation, Message
from alongside.people.models import EMAIL

_REPLY = re.compile(r"^(?:(?:re|aw|antw|sv|vs|ref|rif|réf|رد)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_FORWARD = re.compile(r"^(?:fwd?|wg|tr|enc|rv|i)\s*:\s*", re.IGNORECASE)


class OwnAddresses:
    """The addresses at which we receive; rooms that connect them register a callable that lists them."""

    def __init__(self):
        self._sources: list[Callable[[], Iterable[str]]] = []

    def register(self, source: Callable[[], Iterable[str]]) -> Callable:
        """Add a source of our addresses; may decorate the function."""
        if source not in self._sources:
            self._sources.append(source)
        return source

    def all(self) -> frozenset[str]:
        """Every address of ours, case-folded."""
        return frozenset(address.strip().casefold() for source in self._sources for address in source())


own_addresses = OwnAddresses()


@dataclass
class Addressing:
    """To whom a letter would go, and under what subject; the member may change all of it."""

    to: list[Address] = field(default_factory=list)
    cc: list[Address] = field(default_factory=list)
    bcc: list[Address] = field(default_factory=list)
    subject: str = ""


def to_answer(conversation: Conversation) -> Message | None:
    """The message that a reply answers: the newest one from outside that is not held, else our own newest."""
    said = Message.objects.of(conversation).filter(kind=MESSAGE, held=False).exclude(state=UNDONE)
    said = said.prefetch_related("recipients").reverse()
    return said.filter(state=RECEIVED, automatic=False).first() or said.first()


def reply(message: Message, ours: frozenset[str] | None = None) -> Addressing:
    """To whoever wrote it (to their Reply-To if they gave one); under our own message, to whom it went.

    Without any address in it (a note from the counter, a form), to the person's own.
    """
    ours = own_addresses.all() if ours is None else ours
    by_role = _by_role(message)
    if message.seat == "ours":
        to = _without(by_role["to"], ours)
    else:
        to = _without(by_role["reply-to"], ours) or _without(by_role["from"], ours)
    return Addressing(to=to or _person(message, ours), subject=_replied(message))


def reply_all(message: Message) -> Addressing:
    """To whoever wrote it and everyone who could see that they were written to; each once, never to ourselves.

    Bcc are left out: who was told in secret is not shown by an answer.
    """
    ours = own_addresses.all()
    by_role = _by_role(message)
    addressing = reply(message, ours)
    taken = ours | {a.address.casefold() for a in addressing.to}
    others = by_role["cc"] if message.seat == "ours" else by_role["to"] + by_role["cc"]
    addressing.cc = _without(others, taken)
    return addressing


def forward(message: Message) -> Addressing:
    """To nobody yet, under the subject marked as forwarded."""
    subject = message.subject or message.conversation.subject
    return Addressing(subject=subject if _FORWARD.match(subject) else f"Fwd: {subject}".strip())


def _by_role(message: Message) -> dict[str, list[Address]]:
    by_role = {role: [] for role in ("from", "to", "cc", "bcc", "reply-to")}
    for recipient in message.recipients.all():
        by_role[recipient.role].append(Address(recipient.address, recipient.name))
    return by_role


def _without(addresses: list[Address], left_out) -> list[Address]:
    seen, kept = set(left_out), []
    for address in addresses:
        key = address.address.strip().casefold()
        if key not in seen:
            seen.add(key)
            kept.append(address)
    return kept


def _person(message: Message, ours) -> list[Address]:
    person = message.conversation.whom
    known = [identity for identity in person.reached if identity.kind == EMAIL]
    known.sort(key=lambda identity: (not identity.preferred, identity.id))
    return _without([Address(identity.value, person.full_name or person.called) for identity in known], ours)[:1]


def _replied(message: Message) -> str:
    """The subject of an answer: marked once, whatever was piled up before; an empty one stays empty."""
    subject = _REPLY.sub("", message.subject or message.conversation.subject).strip()
    return f"Re: {subject}" if subject else ""
