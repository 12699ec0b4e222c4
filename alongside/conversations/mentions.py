"""Mentions: colleagues asked by name in a note, and the completion of their names."""

from django.db.models import Q

from alongside.conversations.models import Conversation, Inbox
from alongside.lib.text import fold
from alongside.members.models import Member

MOST = 20  # mentions in one note


def mentioned_in(text: str, conversation: Conversation | None = None) -> list[Member]:
    """The members that `text` names as `@Lena`, `@Lena Okafor` or `@lena` (the part of their address before the @).

    The longest name wins. A name that several members have means those among them who see the conversation by
    themselves already; if that is none, nobody: a mention lets someone in, so it never guesses.
    """
    if "@" not in text:
        return []
    names = _names()
    asked: dict[int, Member] = {}
    for place in _after_each_at(fold(text)):
        name = _longest(names, place)
        found = names.get(name, {}) if name else {}
        if len(found) > 1:
            found = _who_serve(found, conversation)
        asked |= found
        if len(asked) >= MOST:
            break
    return list(asked.values())[:MOST]


def completions(words: str, conversation: Conversation | None = None, limit: int = 8) -> list[Member]:
    """Active members of whom a name begins with `words`, those who serve the conversation's inbox first."""
    wanted = fold(words)
    found = {}
    for name, members in _names().items():
        if name.startswith(wanted) or any(part.startswith(wanted) for part in name.split()):
            found |= members
    near = _who_serve(found, conversation)
    return sorted(found.values(), key=lambda m: (m.id not in near, fold(m.name), m.id))[:limit]


def _names() -> dict[str, dict[int, Member]]:
    """Every folded name by which an active member may be called, with whose it is."""
    names: dict[str, dict[int, Member]] = {}
    for member in Member.objects.filter(is_active=True).select_related("person"):
        for name in (member.person.called, member.person.full_name, member.email.partition("@")[0]):
            if name.strip():
                names.setdefault(fold(name), {})[member.id] = member
    return names


def _after_each_at(text: str):
    """What follows each @ that begins a word, so that a mail address in a note names nobody."""
    for position, letter in enumerate(text):
        if letter == "@" and not (position and (text[position - 1].isalnum() or text[position - 1] in "._-+")):
            yield text[position + 1 : position + 121]


def _longest(names: dict, place: str) -> str | None:
    for end in range(len(place), 0, -1):
        at_an_end = end == len(place) or not place[end].isalnum()
        if at_an_end and place[:end] in names:
            return place[:end]
    return None


def _who_serve(members: dict[int, Member], conversation: Conversation | None) -> dict[int, Member]:
    if conversation is None or not members:
        return {}
    serve = Member.objects.filter(id__in=list(members)).filter(
        Q(teams__in=Inbox.teams.through.objects.filter(inbox=conversation.inbox_id).values("team_id"))
        | Q(role__in=["admin", "owner"])
        | Q(id=conversation.assignee_id)
    )
    wanted = set(serve.values_list("id", flat=True))
    return {id: member for id, member in members.items() if id in wanted}
