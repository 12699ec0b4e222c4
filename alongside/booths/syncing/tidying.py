"""When pages are folded: after many changes, every few minutes of work, once all left, before much is taken out."""

import asyncio
import logging
import time

from django.db import Error as DatabaseError

from alongside.booths.models.update import SAVED, TIDIED
from alongside.booths.syncing import versions
from alongside.booths.syncing.compacting import Busy, Folded, fold
from alongside.lib.threads import Threads

log = logging.getLogger("alongside.booths")

MANY = 500  # changes
SOME = 50  # that are worth folding when everyone has left
MUCH = 60  # characters that are taken out, at once or one after another: a short page is whole in them
WORK_SECONDS = 300.0  # of work between two versions
SAVED_SECONDS = 60.0  # between two that are made because much is taken out
FAILED_SECONDS = 120.0  # before it is tried again


class Tidying:
    """One page at a time, in a thread that waits for a child process."""

    def __init__(self):
        self.threads = Threads("booth-tidying", 1)
        self._line: asyncio.Queue = asyncio.Queue()
        self._asked: set[tuple[int, str]] = set()

    def look_at(self, room) -> None:
        """Ask for it if it is time."""
        number, now = len(room.held.known), time.monotonic()
        is_due = number and now - room.held.snapped_at >= WORK_SECONDS
        if number >= MANY or is_due or number >= SOME and not room.connections:
            self._ask(room, None, TIDIED)

    def begin_of(self, room) -> None:
        """A page was opened: what was done before today's work is a version of its own."""
        if room.held.known and room.rests_since > WORK_SECONDS:
            self._ask(room, set(room.held.known), TIDIED)

    def before(self, room, change) -> None:
        """A change is about to be kept: when somebody takes out much in one go, the page is saved as it was before.

        A go is a selection, or one letter after another until something is put in again.
        """
        going = change.connection
        if change.made or not change.takes_out:
            going.taken_out = 0
        if change.takes_out and not going.taken_out:
            going.before = set(room.held.known)
        going.taken_out += change.takes_out
        if going.taken_out >= MUCH and time.monotonic() >= room.saved_until:
            going.taken_out, room.saved_until = 0, time.monotonic() + SAVED_SECONDS
            self._ask(room, going.before & room.held.known, SAVED)

    def _ask(self, room, only: set[int] | None, why: str) -> None:
        if (room.booth_id, why) not in self._asked and time.monotonic() >= room.folded_not_before:
            self._asked.add((room.booth_id, why))
            self._line.put_nowait((room, only, why))

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            room, only, why = await self._line.get()
            try:
                await self._one(room, only, why)
            except (Busy, DatabaseError) as later:
                log.info("Booth %s is folded later: %s", room.booth_id, later)
            except Exception as failure:
                log.error("Booth %s could not be folded; nothing is lost: %s", room.booth_id, failure)
                room.folded_not_before = time.monotonic() + FAILED_SECONDS
            finally:
                self._asked.discard((room.booth_id, why))

    async def _one(self, room, only: set[int] | None, why: str) -> None:
        folded = await self.threads.query(_fold, room.booth_id, only, why)
        if folded:
            room.held.folded(folded)
        await room.held.prune()


def _fold(booth_id: int, only: set[int] | None, why: str) -> Folded | None:
    folded = fold(booth_id, only=only, why=why)
    if folded is None and why != TIDIED:
        versions.mark(booth_id, why=why)
    return folded
