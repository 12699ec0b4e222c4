"""The shapes of people and their identities."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import AfterValidator, Field, model_validator

from alongside.api.schemas.base import Given, words
from alongside.people.birthdays import born_of
from alongside.people.zones import zone_of

Kind = Literal["email", "phone", "card", "handle", "external"]


Zone = Annotated[words(64), AfterValidator(zone_of), Field(examples=["Europe/Berlin"])]


def _lived(written: str) -> str:
    born_of(written)
    return written


Born = Annotated[words(10), AfterValidator(_lived), Field(examples=["1988-05-03"])]


Language = Annotated[words(16), Field(pattern=r"^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$", examples=["de", "pt-BR"],
                                      description="As in BCP 47.")]


class Identity(Schema):
    """An address by which a person is reached or recognised."""

    id: int
    kind: str
    value: str
    provenance: str
    preferred: bool


class Person(Schema):
    """Someone who is served."""

    id: int
    name: str = Field(description="As they like it, else the whole name; may be empty.")
    called: str
    full_name: str
    what_matters: str
    zone: str
    language: str
    since: datetime
    kind: str = Field(description="human or organisation.")
    born: date | None
    merged: list[int] = Field(description="Earlier records that are shown as this one; their ids still find it.")
    identities: list[Identity]


class People(Schema):
    """A page of people."""

    items: list[Person]
    next: str | None = Field(description="The cursor of the next page; null at the end.")


class NewIdentity(Given):
    """An address to add to a person."""

    kind: Kind
    value: words(254, 1)
    provenance: Literal["guessed", "told", "observed"] = "told"

    @model_validator(mode="after")
    def _reaches(self):
        """Of what kind it says it is."""
        if self.kind == "email":
            try:
                validate_email(self.value.strip())
            except ValidationError:
                raise ValueError("value: not a mail address") from None
        if self.kind == "phone" and sum(sign.isdigit() for sign in self.value) < 3:
            raise ValueError("value: not a phone number")
        return self


class NewPerson(Given):
    """Someone to write down."""

    called: words(120) = ""
    full_name: words(240) = ""
    what_matters: words(20_000) = ""
    zone: Zone = ""
    language: Language = ""
    born: Born = ""
    identities: Annotated[list[NewIdentity], Field(max_length=20)] = []

    @model_validator(mode="after")
    def _somebody(self):
        """Whoever has neither name nor address could never be found again."""
        if not (self.called.strip() or self.full_name.strip() or self.identities):
            raise ValueError("called, full_name or identities: at least one of them says who it is")
        return self


class PersonChange(Given):
    """What to change about a person; leave out what stays."""

    called: words(120) | None = None
    full_name: words(240) | None = None
    what_matters: words(20_000) | None = None
    zone: Zone | None = None
    language: Language | None = None
    born: Born | None = Field(None, description="An empty string takes it away.")
