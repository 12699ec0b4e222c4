"""Go find out: the one question worth asking at the next contact, and never a second one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from alongside.lib.principal import Principal
from alongside.people.models import Person
from alongside.profiles import knowing
from alongside.profiles.knowing import Known, Sheet
from alongside.profiles.models import NEVER, Asked, Question

GUESS, CONTRADICTION, STALE, UNASKED = "guess", "contradiction", "stale", "unasked"
ONE_CONTACT = timedelta(hours=8)  # whoever was asked something stays unasked for the rest of it
REST = timedelta(days=14)  # and the same question rests longer


@dataclass(frozen=True)
class Finding:
    """The question to ask, why it is that one (GUESS, CONTRADICTION, STALE, UNASKED), and what we have so far."""

    why: str
    known: Known

    @property
    def question(self) -> Question:
        """What to ask."""
        return self.known.question


def next_question(person: Person, principal: Principal) -> Question | None:
    """The one question to ask `person` at this contact; None when there is none, or one was asked already."""
    finding = next_finding(person, principal)
    return finding and finding.question


def next_finding(person: Person, principal: Principal, sheets: list[Sheet] | None = None) -> Finding | None:
    """The same, with why it is that one: a guess first, then what contradicts, what is old, what nobody has asked.

    The first questions of a set are the most useful ones. Sensitive ones are never offered; members ask them of their
    own accord, on the profile. `sheets` are those of the person, where they were read already.
    """
    if not principal.serves:
        return None
    person = person.standing()
    resting = _resting(person)
    if resting is None:
        return None
    sheets = knowing.sheets(person) if sheets is None else sheets
    found = list(_findings([sheet for sheet in sheets if sheet.is_wanted], resting))
    order = (GUESS, CONTRADICTION, STALE, UNASKED)
    return min(found, key=lambda finding: order.index(finding.why), default=None)


def _findings(wanted: list[Sheet], resting: set[int]) -> Iterator[Finding]:
    for sheet in wanted:
        for known in sheet.known:
            question = known.question
            if question.retired_at or sheet.set.retired_at or question.sensitive or question.pk in resting:
                continue
            why = _why(known)
            if why:
                yield Finding(why, known)


def _why(known: Known) -> str | None:
    if known.first is None:
        return UNASKED
    if known.is_contradictory:
        return CONTRADICTION
    if known.is_guess:
        return GUESS
    return STALE if known.is_stale else None


def _resting(person: Person) -> set[int] | None:
    """The ids of questions that are not asked again now; None when this contact has had its question."""
    now = timezone.now()
    theirs = Asked.objects.filter(Q(at__gt=now - REST) | Q(outcome=NEVER), person__in=person.cluster_ids)
    lately = list(theirs.values_list("question_id", "at"))
    if any(at > now - ONE_CONTACT for _question, at in lately):
        return None
    return {question for question, _at in lately}
