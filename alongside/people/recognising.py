"""Who may be meant: people for words typed, said or scanned, each with the reasons why."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.people.models import Person


@dataclass(frozen=True)
class Reason:
    """Why somebody may be meant: `kind` for code and icons, `words` for people ("same phone")."""

    kind: str
    words: str


@dataclass(frozen=True)
class Recognised:
    """Somebody who may be meant, as they stand now. `certain` when a card or a verified address says so."""

    person: Person
    reasons: list[Reason]
    certain: bool = False


def recognise(principal, words: str, limit: int = 8) -> list[Recognised]:
    """Up to `limit` people whom `words` may mean, likeliest first, among those whom `principal` may see."""
    found = Person.objects.visible_to(principal).prefetch_related("identities").beginning_with(words, limit)
    return [Recognised(person, [Reason("begins", _("begins like it"))]) for person in found]
