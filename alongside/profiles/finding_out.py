"""Go find out: the one question worth asking at the next contact, and never a second one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from alongside.lib.principal import Principal
from alongside.people import asking
from alongside.people.asking import ONE_CONTACT, REST
from alongside.people.models import Person
from alongside.profiles import knowing
from alongside.profiles.knowing import Known, Sheet
from alongside.profiles.models import NEVER, Asked, Product, Question, Subject, whose
from alongside.profiles.places import Place

GUESS, CONTRADICTION, STALE, UNASKED = "guess", "contradiction", "stale", "unasked"
LOOKED_AT = 40  # products of one maker among which the question is looked for


@dataclass(frozen=True)
class Finding:
    """The question to ask about `subject`, why it is that one (GUESS, CONTRADICTION, STALE, UNASKED), and what we have
    so far."""

    why: str
    subject: Subject
    known: Known

    @property
    def question(self) -> Question:
        """What to ask."""
        return self.known.question

    @property
    def place(self) -> Place:
        """Where its answer goes."""
        return Place(self.subject)


def next_question(subject: Subject, principal: Principal) -> Question | None:
    """The one question to ask at this contact; None when there is none, or one was asked already."""
    finding = next_finding(subject, principal)
    return finding and finding.question


def next_finding(subject: Subject, principal: Principal, sheets: list[Sheet] | None = None) -> Finding | None:
    """The same, with why it is that one: a guess first, then what contradicts, what is old, what nobody has asked.

    A person is asked about themself first, then about what they make; about a product, whoever makes it. The first
    questions of a set are the most useful ones. Sensitive ones are never offered; members ask them of their own accord,
    on the profile. `sheets` are those to choose from, where they were read already.
    """
    if not principal.serves:
        return None
    resting = _resting(whose(subject))
    if resting is None:
        return None
    if sheets is None:
        sheets = _sheets(subject)
    found = list(_findings([sheet for sheet in sheets if sheet.is_wanted], resting))
    order = (GUESS, CONTRADICTION, STALE, UNASKED)
    first = min(found, key=lambda finding: order.index(finding.why), default=None)
    return first if first and asking.is_free(whose(subject)) else None


def _sheets(subject: Subject) -> list[Sheet]:
    """Where to look for a question."""
    return knowing.sheets(subject) if isinstance(subject, Product) else knowing.with_products(whose(subject), LOOKED_AT)


def _findings(wanted: list[Sheet], resting: set[tuple]) -> Iterator[Finding]:
    for sheet in wanted:
        product = sheet.subject.pk if isinstance(sheet.subject, Product) else None
        for known in sheet.known:
            question = known.question
            rests = (product, question.pk) in resting
            if question.retired_at or sheet.set.retired_at or question.sensitive or rests:
                continue
            why = _why(known)
            if why:
                yield Finding(why, sheet.subject, known)


def _why(known: Known) -> str | None:
    if known.first is None:
        return UNASKED
    if known.is_contradictory:
        return CONTRADICTION
    if known.is_guess:
        return GUESS
    return STALE if known.is_stale else None


def _resting(person: Person) -> set[tuple] | None:
    """What is not asked again now, as (id of a product or None, id of a question); None when this contact has had its
    question."""
    now = timezone.now()
    theirs = Asked.objects.filter(Q(at__gt=now - REST) | Q(outcome=NEVER), person__in=person.cluster_ids)
    lately = list(theirs.values_list("product_id", "question_id", "at"))
    if any(at > now - ONE_CONTACT for _product, _question, at in lately):
        return None
    return {(product, question) for product, question, _at in lately}


@asking.asks
def was_asked(person_ids: list[int], since: datetime) -> bool:
    """Whether one of our questions was put to them since that moment."""
    return Asked.objects.filter(person__in=person_ids, at__gt=since).exists()
