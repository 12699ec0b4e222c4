"""One question at a contact, never two: whether somebody was asked something just now, and whether they are also
somebody else, which is asked before anything that other rooms would like to know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from alongside.lib.principal import Principal
from alongside.people.models import Person, Suggestion

ONE_CONTACT = timedelta(hours=8)  # whoever was asked something stays unasked for the rest of it
REST = timedelta(days=14)  # and the same question rests longer

_askers: list[Callable[[list[int], datetime], bool]] = []


@dataclass(frozen=True)
class Question:
    """Whether `person` is also `other`, by what `suggestion` says."""

    suggestion: Suggestion
    person: Person
    other: Person


def asks(function):
    """Register the decorated `f(person_ids, since) -> bool`: whether a room asked them something since that moment."""
    if function not in _askers:
        _askers.append(function)
    return function


def question(person: Person, principal: Principal) -> Question | None:
    """Whom else `person` may be, to be asked of them now; None where nobody is to be asked, or was something just now.

    It is what a member said is to be asked, else what the rules would rather ask than decide.
    """
    if not principal.serves:
        return None
    asked_now, due = _state(person)
    if due is None or asked_now or any(asked(person.cluster_ids, _contact()) for asked in _askers):
        return None
    return Question(due, person, due.beside(person))


def is_free(person: Person) -> bool:
    """Whether a room above may ask them something now, so far as this room has nothing to ask and did not ask."""
    asked_now, due = _state(person)
    return not asked_now and due is None


def _state(person: Person) -> tuple[bool, Suggestion | None]:
    """Whether this room asked them just now, and what it would ask."""
    asked_now = Q(asked_of__in=person.cluster_ids, asked_at__gt=_contact())
    found = Suggestion.objects.filter(Q(one=person.pk) | Q(other=person.pk) | asked_now).select_related("one", "other")
    known = list(found.order_by("-decision", "-score", "id"))
    if any(each.asked_at and each.asked_at > _contact() and each.asked_of_id in person.cluster_ids for each in known):
        return True, None
    rested = timezone.now() - REST
    due = (each for each in known if each.is_to_ask and not (each.asked_at and each.asked_at > rested))
    return False, next(due, None)


def _contact() -> datetime:
    return timezone.now() - ONE_CONTACT
