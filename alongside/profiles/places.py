"""Where the pages of a profile are: those of a person under `/people`, those of a product under `/products`."""

from dataclasses import dataclass

from django.urls import reverse

from alongside.people.models import Person
from alongside.profiles.models import Product, Subject, whose


@dataclass(frozen=True)
class Place:
    """The addresses of one profile, for templates that show either."""

    subject: Subject

    @property
    def product(self) -> Product | None:
        """The product, where it is about one."""
        return self.subject if isinstance(self.subject, Product) else None

    @property
    def person(self) -> Person:
        """The person, or whoever makes the product."""
        return whose(self.subject)

    @property
    def page(self) -> str:
        """The profile."""
        return self._of("product" if self.product else "profile")

    @property
    def find_out(self) -> str:
        """The one question to ask."""
        return self._of("product_find_out" if self.product else "find_out")

    def answer(self, question_id: int) -> str:
        """Where an answer to that question is written down."""
        return self._of("product_answer" if self.product else "answer", question_id)

    def act(self, answer_id: int) -> str:
        """Where that answer is confirmed, chosen or taken back."""
        return self._of("product_act" if self.product else "act", answer_id)

    def _of(self, name: str, *more: int) -> str:
        return reverse(f"profiles:{name}", args=[self.subject.pk, *more])
