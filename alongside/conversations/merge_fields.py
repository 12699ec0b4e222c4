"""The closed places of a saved reply: `{person}` and a few others, filled in one pass; never an engine."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.conversations.models import Conversation
from alongside.members.models import Member, Organisation

FIELDS = {
    "person": gettext_lazy("The person's name as they like it"),
    "full_name": gettext_lazy("The person's whole name"),
    "member": gettext_lazy("Your name"),
    "organisation": gettext_lazy("The name of the organisation"),
    "inbox": gettext_lazy("The name of the inbox"),
    "subject": gettext_lazy("What the conversation is about"),
    "greeting": gettext_lazy("Good morning, good afternoon or good evening, where the person is"),
}
_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]{0,40})\}")


class UnknownField(ValueError):
    """A place that does not exist; `name` is what stood in the braces."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Filled:
    """The text with its places filled, and the names of those for which we knew nothing."""

    text: str
    missing: list[str]


def check(text: str) -> None:
    """Raise UnknownField for the first place in `text` that does not exist."""
    for found in _PLACE.finditer(text):
        if found[1] not in FIELDS:
            raise UnknownField(found[1])


def fill(text: str, *, conversation: Conversation, member: Member, now: datetime | None = None) -> Filled:
    """`text` with every place filled, once: what is put in is never read as a place again. Raises UnknownField."""
    check(text)
    wanted = {found[1] for found in _PLACE.finditer(text)}
    values = {name: _VALUES[name](conversation, member, now or timezone.now()) for name in wanted}
    missing = sorted(name for name, value in values.items() if not value)
    return Filled(_PLACE.sub(lambda found: values[found[1]], text), missing)


def _greeting(conversation: Conversation, member: Member, now: datetime) -> str:
    person = conversation.whom
    hour = now.astimezone(_zone(person.zone) or _zone(Organisation.ours().zone) or ZoneInfo("UTC")).hour
    with translation.override(person.language or translation.get_language()):
        if 5 <= hour < 12:
            return _("Good morning")
        return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


_VALUES = {
    "person": lambda conversation, member, now: conversation.whom.name,
    "full_name": lambda conversation, member, now: conversation.whom.full_name or conversation.whom.called,
    "member": lambda conversation, member, now: member.name,
    "organisation": lambda conversation, member, now: Organisation.ours().name,
    "inbox": lambda conversation, member, now: conversation.inbox.name,
    "subject": lambda conversation, member, now: conversation.subject,
    "greeting": _greeting,
}
