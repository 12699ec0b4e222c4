"""What is known of a person or a product, question by question: which answer stands first, which contradict, which are
old."""

from collections import defaultdict
from dataclasses import dataclass, field

from alongside.people.models import Person
from alongside.profiles.models import GUESSED, Answer, Product, Question, QuestionSet, Subject, kind_of
from alongside.profiles.models.answer import CERTAINTY


@dataclass
class Known:
    """One question and what we have of it: `answers` hold, the one that stands first first; `history` held once."""

    question: Question
    answers: list[Answer] = field(default_factory=list)
    history: list[Answer] = field(default_factory=list)

    @property
    def first(self) -> Answer | None:
        """The answer to go by; None where nobody knows."""
        return self.answers[0] if self.answers else None

    @property
    def beside(self) -> list[Answer]:
        """What contradicts the first and still holds; one for each different value."""
        if not self.first:
            return []
        seen, found = {self.first.value}, []
        for answer in self.answers[1:]:
            if answer.value not in seen and not _stands_behind(answer, self.first):
                seen.add(answer.value)
                found.append(answer)
        return found

    @property
    def is_contradictory(self) -> bool:
        """Two answers stand side by side until someone asks."""
        return bool(self.beside)

    @property
    def is_guess(self) -> bool:
        """Nobody has asked yet."""
        return self.first is not None and self.first.provenance == GUESSED

    @property
    def is_stale(self) -> bool:
        """The answer is older than the question allows."""
        return self.first is not None and self.first.is_stale

    @property
    def rests_upon(self) -> list[Answer]:
        """Every answer behind the first that is not beside it: who else said so, older guesses, what held once."""
        beside = set(self.beside)
        return [each for each in [*self.answers[1:], *self.history] if each not in beside]


@dataclass
class Sheet:
    """One question set of one person or product, in its order."""

    subject: Subject
    set: QuestionSet
    known: list[Known]

    @property
    def is_begun(self) -> bool:
        """Something in it was answered."""
        return any(each.first for each in self.known)

    @property
    def is_wanted(self) -> bool:
        """It is asked of all of these, or was begun with this one."""
        return self.set.of_everyone or self.is_begun


def sheets(*subjects: Subject) -> list[Sheet]:
    """Every question set that fits each of `subjects`, theirs after one another, with what is known.

    What is asked first stands first; retired questions stand only where they were answered.
    """
    given = defaultdict(list)
    for answer in Answer.objects.of(*subjects):
        given[_place(answer.product or answer.person), answer.question_id].append(answer)
    questions = list(Question.objects.select_related("set").order_by("set__name", "order", "id"))
    return [sheet for subject in subjects for sheet in _sheets_of(subject, questions, given)]


def with_products(person: Person, most: int | None = None) -> list[Sheet]:
    """The sheets of `person`, then those of what they make: of `most` products at most."""
    return sheets(person, *Product.objects.of(person).standing().select_related("maker")[:most])


def _sheets_of(subject: Subject, questions: list[Question], given: dict) -> list[Sheet]:
    by_set, kind = defaultdict(list), kind_of(subject)
    for question in questions:
        answers = given.get((_place(subject), question.id), [])
        if answers or (question.retired_at is None and question.set.fits(kind)):
            by_set[question.set].append(known(question, answers))
    found = [Sheet(subject, set, parts) for set, parts in by_set.items()]
    return sorted(found, key=lambda sheet: (not sheet.is_wanted, not sheet.set.of_everyone, sheet.set.name))


def _place(subject: Subject) -> tuple[type, int]:
    """Whose sheet it is; of a person, whoever stands for them."""
    return type(subject), getattr(subject, "merged_into_id", None) or subject.pk


def known(question: Question, answers: list[Answer]) -> Known:
    """What `answers` (all to `question`, of one person or product) come to."""
    holding = [answer for answer in answers if answer.is_current]
    holding.sort(key=_rank, reverse=True)
    past = [answer for answer in answers if not answer.is_current]
    return Known(question, holding, past)


def about(subject: Subject, question: Question) -> Known:
    """What is known of `subject` by one question."""
    return known(question, list(Answer.objects.of(subject).filter(question=question)))


def _rank(answer: Answer):
    """What stands first: their own word, then anything but a guess, then the surest, then the newest."""
    return answer.is_own, answer.provenance != GUESSED, answer.known_at, CERTAINTY[answer.provenance], answer.pk


def _stands_behind(answer: Answer, first: Answer) -> bool:
    """A guess that is no newer than a better answer needs no asking; nor does what their own newer word outdid."""
    if first.known_at < answer.known_at:
        return False
    guess_outdone = answer.provenance == GUESSED and first.provenance != GUESSED
    return guess_outdone or (first.is_own and not answer.is_own)
