"""Lists of booths for members: those that are open or have ended, of everyone or of a few people; in few queries."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from alongside.booths.models import Booth, Participant, Step
from alongside.booths.models.booth import ENDED, OPEN
from alongside.lib.keyset import make_cursor, read_cursor
from alongside.people.models import Person
from alongside.people.recognising import recognise

SIZE = 40
MOST_PEOPLE = 20  # who may be meant by a few words
STATES = (OPEN, ENDED)


@dataclass(frozen=True)
class Line:
    """One booth as a list shows it: how many steps there are and are done, and who sits in it."""

    booth: Booth
    steps: int
    done: int
    present: list[Participant]

    @property
    def person(self) -> Person | None:
        """Whose it is, as they stand now."""
        return self.booth.person.standing() if self.booth.person else None

    @property
    def guests(self) -> list[Participant]:
        """Who came in by a link."""
        return [each for each in self.present if each.is_guest]


def page(principal, state: str = OPEN, words: str = "", cursor: str | None = None,
         size: int = SIZE) -> tuple[list[Line], str | None]:
    """One page of booths in `state`, the latest touched first, and the cursor of the next.

    With `words` only those of people who may be meant by them. Raises keyset.BadCursor.
    """
    found = Booth.objects.visible_to(principal).filter(state=state).order_by("-touched_at", "-id")
    if words:
        people = [each.person.pk for each in recognise(principal, words, MOST_PEOPLE)]
        found = found.filter(Q(person__in=people) | Q(person__merged_into__in=people))
    place = read_cursor(cursor)
    if place:
        at, id = place
        found = found.filter(touched_at__lte=at).filter(Q(touched_at__lt=at) | Q(id__lt=id))
    lines = lines_of(found[: size + 1])
    after = make_cursor(lines[size - 1].booth.touched_at, lines[size - 1].booth.id) if len(lines) > size else None
    return lines[:size], after


def open_with(person: Person, principal, most: int) -> list[Line]:
    """The open booths of one person, the latest touched first."""
    return lines_of(Booth.objects.visible_to(principal).filter(state=OPEN).of(person)[:most])


def lines_of(booths) -> list[Line]:
    """Booths as lists show them, in their order: three queries, however many they are."""
    seated = Participant.objects.seated().order_by("id")
    found = list(booths.select_related("person__merged_into").prefetch_related(Prefetch("participants", seated)))
    counted = _steps_of(found)
    return [Line(booth, *counted.get(booth.id, (0, 0)), list(booth.participants.all())) for booth in found]


def _steps_of(booths: list[Booth]) -> dict[int, tuple[int, int]]:
    """How many steps stand in each booth, and how many of them are done."""
    standing = Step.objects.filter(booth__in=booths, removed_at=None).values("booth")
    counts = standing.annotate(number=Count("id"), done=Count("done_at"))
    return {each["booth"]: (each["number"], each["done"]) for each in counts.order_by()}
