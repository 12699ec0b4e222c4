"""The demo's promises, who is usually with whom, and when its members serve."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from alongside.members.models import Member, TheirMember
from alongside.people.models import Person
from alongside.promises.models import Promise
from alongside.promises.times import end_of

EARLY, LATE = (time(6, 30), time(14, 30)), (time(11), time(19))
HOURS = {"lena": EARLY, "tomas": LATE, "theo": (time(7), time(16)), "dana": (time(9), time(17))}
WITH = {"joe": "lena", "ryan": "lena", "marchand": "theo", "aldous": "dana"}
BROKEN = ("It lay under the counter and was forgotten over the evening.",
          "Théo wrote a day later and said sorry; Tomás mended the rib.")


@dataclass(frozen=True)
class Said:
    """One promise: made some days ago, due so many days after that; at an hour, or by the end of the day."""

    person: str
    words: str
    by: str
    made: float
    due: float
    whole_day: bool = True
    owned: bool = True
    kept: float | None = None  # days after it was made
    broken: float | None = None


SAID = (
    Said("ryan", "Austin’s folder at the door, so that nobody has to come in", "lena", 0.02, 0.05, whole_day=False),
    Said("joe", "To say who drew the smile on your bag", "lena", 0.1, 0),
    Said("joe", "A cheese scone kept back, whoever opens", "tomas", 1, 4, owned=False),
    Said("marchand", "The shoulder boned and tied, as your husband liked it", "theo", 1, 2),
    Said("hanna", "To ask the miller where the rye comes from", "tomas", 6, 3, kept=2),
    Said("joe", "To call about the umbrella", "theo", 28, 1, broken=2),
    Said("aldous", "A quiet quarter of an hour, with the door closed", "dana", 2, 7),
)


def make_promises(people: dict[str, Person], members: dict[str, Member], now: datetime) -> None:
    """Write down what the cast said, who looks after whom, and their usual weeks."""
    for key, (begins, ends) in HOURS.items():
        member = members[key]
        member.keep_hours([(day, begins, ends) for day in range(5)], by=member.person)
    for person, member in WITH.items():
        TheirMember.choose(people[person], members[member], by=members[member].person)
    for said in SAID:
        _promise(said, people[said.person], members[said.by], now)


def _promise(said: Said, person: Person, member: Member, now: datetime) -> None:
    made = now - timedelta(days=said.made)
    due = made + timedelta(days=said.due)
    promise = Promise.make(
        person=person, words=said.words, by=member.person, owner=member if said.owned else None, at=made, demo=True,
        due_at=end_of(timezone.localdate(due)) if said.whole_day else due, whole_day=said.whole_day)
    if said.kept:
        promise.keep(by=member.person, at=made + timedelta(days=said.kept))
    if said.broken:
        promise.break_(*BROKEN, by=member.person, at=made + timedelta(days=said.broken))
