"""What a person may put right of what we know: each answer that stands, theirs from then on, told by themself, and what
we say they make."""

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.people.correcting import Correctable, Line, register
from alongside.people.models import Person
from alongside.profiles import knowing
from alongside.profiles.models import Answer, Product, values
from alongside.profiles.models.question import CHOICE, TEXT, YES_NO

MOST_LETTERS = Product._meta.get_field("name").max_length


class Answers(Correctable):
    """The answer that stands first to each question, and whatever contradicts it."""

    name = "profiles"
    order = 30

    def lines(self, person: Person) -> list[Line]:
        """Everything that holds, each once."""
        return [
            Line(answer.pk, answer.words_for_them, _written(answer), long=answer.question.kind == TEXT,
                 choices=_choices(answer))
            for sheet in knowing.with_products(person) for known in sheet.known if known.first
            for answer in [known.first, *known.beside]
        ]

    def correct(self, person: Person, id: int, value: str) -> bool:
        """Their word stands first, the rest is history; an empty one takes back whatever said the same."""
        with transaction.atomic():
            mine = Answer.objects.of(person, *Product.objects.of(person)).current()
            answer = mine.filter(pk=id).first()
            if answer is None:
                return False
            if value.strip():
                given = [part.strip() for part in value.split(",")] if answer.question.kind == "many" else value
                answer.correct(by=person, value=given)
            else:
                about = {"question": answer.question, "product": answer.product, "value": answer.value}
                for same in mine.filter(**about):
                    same.withdraw(by=person)
        return True


def _written(answer: Answer) -> str:
    """The value as its field holds it."""
    return ", ".join(answer.value.splitlines()) if answer.question.kind == "many" else answer.value


def _choices(answer: Answer) -> tuple[tuple[str, str], ...]:
    if answer.question.kind == YES_NO:
        return ((values.YES, _("Yes")), (values.NO, _("No")))
    return tuple((choice, choice) for choice in answer.question.choices) if answer.question.kind == CHOICE else ()


class Products(Correctable):
    """What they make or bring, by its name; an empty one takes it away, with all that is known of it."""

    name = "products"
    order = 29

    def lines(self, person: Person) -> list[Line]:
        """Each that is still made."""
        return [Line(each.pk, _("What you make or bring"), each.name) for each in _made(person)]

    def correct(self, person: Person, id: int, value: str) -> bool:
        """Call it as they do."""
        product = _made(person).filter(pk=id).first()
        if product is None:
            return False
        if len(value.strip()) > MOST_LETTERS:
            raise ValueError(_("At most %(most)d letters, please.") % {"most": MOST_LETTERS})
        if value.strip():
            product.change(by=person, name=value, code=product.code, maker=product.maker)
        else:
            product.withdraw(by=person)
        return True


def _made(person: Person):
    return Product.objects.of(person).standing().select_related("maker__merged_into")


register(Products())
register(Answers())
