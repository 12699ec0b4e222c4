"""Somebody new at the counter: two fields."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from alongside.people.models import CARD, EMAIL, PHONE, Person
from alongside.people.renewing import once

NUMBER = re.compile(r"[\d\s()+./-]+")
SHORTEST = 5  # figures; beside a name fewer are a birth year or a house's number, which nobody is reached by


class NewcomerForm(forms.Form):
    """How they like to be called, and a phone number or mail address; a number may be that of a card."""

    called = forms.CharField(label=_("As they like to be called"), max_length=120, required=False)
    reach = forms.CharField(label=_("Phone or mail"), max_length=254, required=False)
    card = forms.BooleanField(label=_("This is the number of a card"), required=False)
    anyway = forms.BooleanField(required=False)

    @classmethod
    def for_words(cls, words: str) -> "NewcomerForm":
        """The form for somebody who was looked for and not found."""
        names, reach = _apart(words)
        return cls(initial={"called": names, "reach": reach})

    @property
    def is_number(self) -> bool:
        """Whether there is something that may be a card's number, for the tick."""
        reach = self["reach"].value() or ""
        return bool(reach) and "@" not in reach

    @property
    def reach_kind(self) -> str:
        """Which kind of address `reach` is."""
        reach = self.cleaned_data.get("reach", "")
        return CARD if self.cleaned_data.get("card") else EMAIL if "@" in reach else PHONE

    def clean_called(self):
        """The name without what no name holds."""
        return " ".join(self.cleaned_data["called"].split())

    def clean(self):
        """At least one of the two, and an address that can be one."""
        data = super().clean()
        reach = data.get("reach", "").strip()
        if not data.get("called") and not reach and not self.errors:
            self.add_error("called", _("Write a name or an address, so that we know each other next time."))
        if reach and self.reach_kind == EMAIL:
            try:
                validate_email(reach)
            except ValidationError:
                self.add_error("reach", _("This does not look like a mail address. Is the part after the @ whole?"))
        elif reach and self.reach_kind == PHONE and not (
            NUMBER.fullmatch(reach) and sum(c.isdigit() for c in reach) >= 3
        ):
            self.add_error("reach", _("This is neither a mail address nor a phone number."))
        return data

    def known(self, principal) -> list[Person]:
        """Who is reached there already, unless a member said that this is somebody else."""
        reach = self.cleaned_data.get("reach", "")
        if not reach or self.cleaned_data["anyway"]:
            return []
        people = Person.objects.visible_to(principal).reached_at(self.reach_kind, reach)
        return list(people.prefetch_related("identities")[:5])

    def meet(self, *, by) -> Person:
        """Write them down."""
        with once():
            person = Person.meet(called=self.cleaned_data["called"], by=by)
            if self.cleaned_data["reach"]:
                person.reach_at(self.reach_kind, self.cleaned_data["reach"], by=by)
        return person


def _apart(words: str) -> tuple[str, str]:
    """The names among what was typed, and the mail address or number."""
    reaching = [word for word in words.split() if "@" in word or any(c.isdigit() for c in word)]
    names, reach = [word for word in words.split() if word not in reaching], " ".join(reaching)
    if names and "@" not in reach and sum(c.isdigit() for c in reach) < SHORTEST:
        reach = ""
    return " ".join(names), reach
