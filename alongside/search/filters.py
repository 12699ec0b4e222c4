"""What filters mean: from:joe, in:café, tag:refund, is:open …; and, for a wrong one, words that say what is known."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from alongside.conversations.models import DONE, OPEN, SNOOZED, SPAM, TRASH, Conversation, Inbox, Reading, Tag
from alongside.lib.principal import Principal
from alongside.lib.text import fold
from alongside.members.models import Member
from alongside.people.models import EMAIL, Identity, Person
from alongside.search.dates import BadDay, span_of
from alongside.search.parsing import Filter, Query
from alongside.search.vectors import quoted

MOST_PEOPLE = 50
SHOWN = 12  # how many known values a complaint lists
REST = (OPEN, SNOOZED, DONE)
RESTING = Q(state__in=REST)
ME, NOBODY = "me", "nobody"

VIEWS = {
    "mine": lambda who: Q(assignee_id=who.member_id, state=OPEN),
    "team": lambda who: Q(state=OPEN) & (Q(team_id__in=who.team_ids) | Q(team=None, inbox__teams__in=who.team_ids)),
    "unassigned": lambda who: Q(assignee=None, state=OPEN),
    "snoozed": lambda who: Q(state=SNOOZED),
    "done": lambda who: Q(state=DONE),
    "all": lambda who: Q(state__in=REST),
    "spam": lambda who: Q(state=SPAM),
    "trash": lambda who: Q(state=TRASH),
}
KIND_WORDS = {"note": "k:note", "message": "k:message", "file": "k:file"}
STATE_WORDS = {state: state for state in (OPEN, SNOOZED, DONE, SPAM, TRASH)}
IS = (*STATE_WORDS, "unread", "read", "unassigned", "assigned", "mine", "urgent", *KIND_WORDS)


@dataclass
class Narrowing:
    """What the filters of a query come to. `problems` are sentences for whoever typed a wrong one."""

    parts: list[str] = field(default_factory=list)  # of a tsquery, all of which must hold
    conversations: list[Q] = field(default_factory=list)  # conditions on the conversation
    since: datetime | None = None
    until: datetime | None = None
    states_named: bool = False  # spam and trash are left out unless they are asked for
    problems: list[str] = field(default_factory=list)


class Wrong(ValueError):
    """A filter's value means nothing here; the text says what would."""


def narrow(query: Query, principal: Principal) -> Narrowing:
    """What the filters of `query` mean to `principal`. Never raises; see `problems`."""
    narrowing = Narrowing()
    for one in query.filters:
        try:
            _READERS[one.key](narrowing, one, principal)
        except Wrong as wrong:
            narrowing.problems.append(str(wrong))
    if not narrowing.states_named:
        narrowing.conversations.append(RESTING)
    return narrowing


def _people(one: Filter, principal: Principal) -> list[int]:
    if fold(one.value) == ME and principal.person_id:
        return with_merged([principal.person_id])
    found = Person.objects.visible_to(principal).beginning_with(one.value, MOST_PEOPLE) if one.value else []
    if not found and "@" not in one.value:
        raise Wrong(_("Nobody here is called “%s”. Try a part of their name or address.") % one.value)
    return with_merged([person.id for person in found])


def with_merged(ids: list[int]) -> list[int]:
    """These people, and everyone who was merged into one of them: documents name whom a row names."""
    merged = Person.objects.filter(merged_into__in=ids).order_by("id")
    return [*ids, *merged.values_list("id", flat=True)] if ids else []


def _addresses(one: Filter, people: list[int]) -> list[str]:
    known = Identity.objects.filter(person__in=people, kind=EMAIL).values_list("key", flat=True)
    return [*known, *([one.value.casefold()] if "@" in one.value else [])]


def _any(lexemes: list[str], one: Filter) -> str:
    part = "(" + " | ".join(lexemes) + ")"
    return f"!{part}" if one.without else part


def _from(narrowing, one, principal):
    people = _people(one, principal)
    lexemes = [quoted(f"f:{id}") for id in people]
    lexemes += [quoted(f"f:{address}") + ":*" for address in _addresses(one, [])]
    narrowing.parts.append(_any(lexemes, one))


def _to(narrowing, one, principal):
    addresses = _addresses(one, _people(one, principal))
    if not addresses:
        raise Wrong(_("We know no address of “%s”, so nothing was written to them.") % one.value)
    narrowing.parts.append(_any([quoted(f"t:{address}") + ":*" for address in addresses], one))


def _with(narrowing, one, principal):
    people = _people(one, principal)
    addresses = _addresses(one, people)
    lexemes = [quoted(f"{letter}:{id}") for id in people for letter in "pf"]
    lexemes += [quoted(f"{letter}:{address}") + ":*" for address in addresses for letter in "ft"]
    narrowing.parts.append(_any(lexemes, one))


def _person(narrowing, one, principal):
    narrowing.parts.append(_any([quoted(f"p:{id}") for id in _people(one, principal)] or ["'p:0'"], one))


def _in(narrowing, one, principal):
    wanted = fold(one.value)
    if wanted in VIEWS:
        return _condition(narrowing, one, VIEWS[wanted](principal), states=True)
    inboxes = list(Inbox.objects.visible_to(principal))
    found = [i for i in inboxes if fold(i.name) == wanted] or [i for i in inboxes if fold(i.name).startswith(wanted)]
    if not found or not wanted:
        names = ", ".join([i.name for i in inboxes][:SHOWN])
        raise Wrong(
            _("There is no inbox or list “%(value)s”. Inboxes: %(inboxes)s. Lists: %(lists)s.")
            % {"value": one.value, "inboxes": names or _("none"), "lists": ", ".join(VIEWS)}
        )
    narrowing.parts.append(_any([quoted(f"i:{inbox.id}") for inbox in found], one))


def _tag(narrowing, one, principal):
    wanted, tags = fold(one.value), list(Tag.objects.values_list("id", "name"))
    found = [id for id, name in tags if fold(name) == wanted]
    if not found:
        near = [name for _id, name in tags if wanted and wanted in fold(name)] or [name for _id, name in tags]
        known = ", ".join(near[:SHOWN]) or _("none yet")
        raise Wrong(_("There is no tag “%(value)s”. Tags: %(tags)s.") % {"value": one.value, "tags": known})
    _condition(narrowing, one, Q(taggings__tag__in=found))


def _assigned(narrowing, one, principal):
    wanted = fold(one.value)
    if wanted == ME:
        return _condition(narrowing, one, Q(assignee_id=principal.member_id))
    if wanted in (NOBODY, "none", _("nobody")):
        return _condition(narrowing, one, Q(assignee=None))
    members = list(Member.objects.select_related("person"))
    found = [m.id for m in members if wanted and any(part.startswith(wanted) for part in _names_of(m))]
    if not found:
        known = ", ".join(m.name for m in members if m.is_active)
        raise Wrong(
            _("No member is called “%(value)s”. Members: %(members)s; or me, or nobody.")
            % {"value": one.value, "members": known}
        )
    _condition(narrowing, one, Q(assignee__in=found))


def _names_of(member: Member) -> list[str]:
    name = fold(f"{member.person.called} {member.person.full_name}")
    return [*name.split(), fold(member.name), member.email.casefold()]


def _is(narrowing, one, principal):
    wanted = fold(one.value)
    if wanted in KIND_WORDS:
        return narrowing.parts.append(_any([quoted(KIND_WORDS[wanted])], one))
    if wanted in STATE_WORDS:
        return _condition(narrowing, one, Q(state=wanted), states=not one.without)
    conditions = {
        "unassigned": Q(assignee=None), "assigned": Q(assignee__isnull=False), "urgent": Q(priority=2),
        "mine": Q(assignee_id=principal.member_id), "unread": _unread(principal), "read": ~_unread(principal),
    }  # fmt: skip
    if wanted not in conditions:
        raise Wrong(_("“is:%(value)s” means nothing here. Try: %(known)s.") % {
            "value": one.value, "known": ", ".join(f"is:{word}" for word in IS)})
    _condition(narrowing, one, conditions[wanted])


def _unread(principal: Principal) -> Q:
    seen = Reading.objects.filter(
        conversation=OuterRef("pk"), member_id=principal.member_id, message_id__gte=OuterRef("newest_id")
    )
    return Q(~Exists(seen))


def _has(narrowing, one, principal):
    if fold(one.value).rstrip("s") not in ("file", "attachment", "enclosure"):
        raise Wrong(_("“has:%s” means nothing here. Try has:file.") % one.value)
    narrowing.parts.append(_any([quoted("h:file")], one))


def _day(one: Filter):
    try:
        return span_of(one.value)
    except BadDay:
        raise Wrong(
            _("“%s” is no day that I can read. Write 2026-11-22, 2026-11, 2026, today, yesterday or 7d.") % one.value
        ) from None


def _before(narrowing, one, principal):
    narrowing.until = min(filter(None, (narrowing.until, _day(one)[0])))


def _after(narrowing, one, principal):
    narrowing.since = max(filter(None, (narrowing.since, _day(one)[0])))


def _on(narrowing, one, principal):
    first, end = _day(one)
    narrowing.since = max(filter(None, (narrowing.since, first)))
    narrowing.until = min(filter(None, (narrowing.until, end)))


def _condition(narrowing: Narrowing, one: Filter, condition: Q, states: bool = False) -> None:
    narrowing.conversations.append(~condition if one.without else condition)
    narrowing.states_named |= states


_READERS = {
    "from": _from, "to": _to, "with": _with, "person": _person, "in": _in, "tag": _tag, "is": _is, "has": _has,
    "assigned": _assigned, "before": _before, "after": _after, "on": _on,
}  # fmt: skip


def matching(narrowing: Narrowing, principal: Principal):
    """The conversations that `principal` may see and for which every condition of `narrowing` holds."""
    found = Conversation.objects.visible_to(principal)
    for condition in narrowing.conversations:
        found = found.filter(condition)
    return found
