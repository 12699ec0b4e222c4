"""What a person may put right of what we know: each answer that stands, theirs from then on, told by themself."""

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.people.correcting import Correctable, Line, register
from alongside.people.models import Person
from alongside.profiles import knowing
from alongside.profiles.models import Answer, values
from alongside.profiles.models.question import CHOICE, TEXT, YES_NO


class Answers(Correctable):
    """The answer that stands first to each question, and whatever contradicts it."""

    name = "profiles"
    order = 30

    def lines(self, person: Person) -> list[Line]:
        """Everything that holds, each once."""
        return [
            Line(answer.pk, answer.words, _written(answer), long=answer.question.kind == TEXT,
                 choices=_choices(answer))
            for sheet in knowing.sheets(person) for known in sheet.known if known.first
            for answer in [known.first, *known.beside]
        ]

    def correct(self, person: Person, id: int, value: str) -> bool:
        """Their word stands first, the rest is history; an empty one takes back whatever said the same."""
        with transaction.atomic():
            mine = Answer.objects.of(person).current()
            answer = mine.filter(pk=id).first()
            if answer is None:
                return False
            if value.strip():
                given = [part.strip() for part in value.split(",")] if answer.question.kind == "many" else value
                answer.correct(by=person, value=given)
            else:
                for same in mine.filter(question=answer.question, value=answer.value):
                    same.withdraw(by=person)
        return True


def _written(answer: Answer) -> str:
    """The value as its field holds it."""
    return ", ".join(answer.value.splitlines()) if answer.question.kind == "many" else answer.value


def _choices(answer: Answer) -> tuple[tuple[str, str], ...]:
    if answer.question.kind == YES_NO:
        return ((values.YES, _("Yes")), (values.NO, _("No")))
    return tuple((choice, choice) for choice in answer.question.choices) if answer.question.kind == CHOICE else ()


register(Answers())
