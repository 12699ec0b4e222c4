"""What all shapes have in common: ids, words without tricks, strict input, and the shape of a problem."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

BIGGEST = 2**63 - 1
MOST = 100


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("a zero byte stands in it")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("half of a pair of code units stands in it") from None
    return text


Id = Annotated[int, Field(ge=1, le=BIGGEST, description="An id.")]
Words = Annotated[str, AfterValidator(_storable)]


def words(most: int, least: int = 0, **more):
    """A text of `least` to `most` characters."""
    return Annotated[Words, Field(min_length=least, max_length=most, **more)]


class Given(Schema):
    """What a caller sends: an unknown field is an error, a value is never bent into another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Paging(Given):
    """How to page: the cursor of the last answer, and how many at once."""

    model_config = ConfigDict(extra="forbid", strict=False)
    cursor: words(400, description="`next` of the page before; leave it out for the first.") | None = None
    limit: Annotated[int, Field(ge=1, le=MOST, description="How many at most.")] = 50


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[dict[str, Any]] | None = None
    scope: str | None = None
    newest: int | None = None


class Named(Schema):
    """Something by its id and its name."""

    id: int
    name: str
