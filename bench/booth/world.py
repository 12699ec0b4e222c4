"""Booths to measure in, with guests in them, and one in which a hundred thousand edits lie."""

import random
from functools import cache

from django.db import transaction
from pycrdt import Doc, Text

from alongside.booths.models import Booth, BoothLink, Participant, Snapshot, Update
from alongside.booths.syncing.document import GOAL, merged, opened
from alongside.people.models import Person

HOST = "Bench's host"
RUN = 40  # edits before the other one writes elsewhere


def host() -> Person:
    """Whoever opens the bench's booths."""
    return Person.objects.filter(called=HOST).first() or Person.meet(called=HOST)


def booths(number: int, guests: int) -> list[tuple[str, list[str]]]:
    """Open so many booths with so many guests each: their codes, and the guests' sessions."""
    by = host()
    with transaction.atomic():
        return [(booth.code, _let_in(booth, by, guests)) for booth in (Booth.open(by=by) for _ in range(number))]


def _let_in(booth: Booth, by: Person, guests: int) -> list[str]:
    link, _token = BoothLink.make(booth, by=by)
    return [Participant.join(link, f"Guest {number + 1}")[1] for number in range(guests)]


def edited(edits: int, unfolded: int, guests: int) -> tuple[Booth, list[str]]:
    """A booth with so many edits by two devices, the last of them not folded yet; and sessions of guests."""
    by = host()
    booth = Booth.open(by=by)
    updates = typed(edits)
    folded, rest = updates[:-unfolded], updates[-unfolded:]
    Snapshot.objects.create(booth=booth, data=opened(folded).page.whole(), changes=len(folded))
    Update.objects.bulk_create([Update(booth=booth, data=data) for data in rest], batch_size=1000)
    return booth, _let_in(booth, by, guests)


class Hand:
    """One device that writes."""

    def __init__(self, client: int):
        self._doc = Doc(client_id=client)
        self._text = self._doc.get(GOAL, type=Text)
        self._made: list[bytes] = []
        self._doc.observe(lambda event: self._made.append(event.update))

    def write(self, edits: int, chance: random.Random) -> list[bytes]:
        """So many edits in one place, one in six of them a step back; returns them as updates."""
        at = chance.randint(0, len(self._text))
        self._made = []
        for _ in range(edits):
            if at and chance.random() < 1 / 6:
                at -= 1
                del self._text[at]
            else:
                self._text.insert(at, chance.choice("abcdefghij klmnop"))
                at += 1
        return self._made

    def take(self, updates: list[bytes]) -> None:
        """What the other one wrote."""
        self._doc.apply_update(merged(updates))


@cache
def typed(edits: int, seed: int = 7) -> list[bytes]:
    """So many single edits by two devices in turn, as updates, the same each time."""
    chance, hands, updates = random.Random(seed), [Hand(1001), Hand(1002)], []
    while len(updates) < edits:
        made = hands[0].write(min(RUN, edits - len(updates)), chance)
        hands[1].take(made)
        updates += made
        hands.reverse()
    return updates
