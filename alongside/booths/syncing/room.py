"""One page that is open here: who is connected, what waits to be kept, and what everyone is told.

A change is kept, then taken into the document, then told to everyone, its sender among them: what comes back is kept.
"""

import asyncio
import time
from collections import deque

from alongside.booths.syncing import store
from alongside.booths.syncing.connection import Connection
from alongside.booths.syncing.document import Page, written_state
from alongside.booths.syncing.held import Held
from alongside.booths.syncing.limits import MOST_CONNECTIONS, MOST_TABS
from alongside.booths.syncing.neighbours import Neighbours
from alongside.booths.syncing.presence import TICKS, Presence
from alongside.booths.syncing.protocol import asking
from alongside.booths.syncing.taking import Change
from alongside.booths.syncing.words import NOT_READ, TOO_MUCH, TRY_AGAIN, UNREADABLE


class Room:
    """One live room. It belongs to the event loop; `threads` ask the database."""

    def __init__(self, booth_id: int, code: str, threads):
        self.booth_id, self.code, self.threads = booth_id, code, threads
        self.is_open = True
        self.is_given_up = False
        self.loaded = asyncio.Event()
        self.held = Held(booth_id, threads, self.tell, self.refuse, self.give_up)
        self.hands: dict[int, int | None] = {}
        self.connections: list[Connection] = []
        self.presence = Presence()
        self.neighbours = Neighbours(booth_id, self.presence)
        self.waiting: deque[Change] = deque()
        self.rests_since = 0.0  # seconds from the last change to when the page was opened here
        self.left_at = time.monotonic()
        self.changed_at: float | None = None  # when the first change was made that lists do not know of yet
        self.saved_until = self.folded_not_before = 0.0  # times of `tidying`
        self._telling: asyncio.TimerHandle | None = None

    @property
    def is_left(self) -> bool:
        """Whether nobody is there and nothing is under way."""
        return not self.connections and not self.waiting and self.changed_at is None

    @property
    def page(self) -> Page:
        """The document."""
        return self.held.page

    async def load(self) -> None:
        """Read what is kept. Raises django.db.Error, Unusable."""
        await self.held.load()
        self.hands, self.is_open, self.rests_since = await self.threads.query(store.rights, self.booth_id)

    # Changes

    def expect(self, change: Change) -> None:
        """A change is to be kept: count it in."""
        self.hands.update(dict.fromkeys(change.hands, change.connection.seat.participant_id))
        self.held.expect(change.made)
        self.held.types += change.parts.types
        self.waiting.append(change)
        change.connection.waits(change.size)

    def kept(self, rows: list[store.Row]) -> None:
        """The writer kept these."""
        self.changed_at = self.changed_at or time.monotonic()
        self.held.take([(row.id, row.data) for row in rows], {row.id: row.parts for row in rows})

    def not_kept(self, rows: list[store.Row]) -> None:
        """These were not kept after all: count without them."""
        theirs = {row.by_id for row in rows}
        later = [change for change in self.waiting if change.connection.seat.participant_id in theirs]
        for change in later:  # they build on what was not kept
            self.waiting.remove(change)
            change.connection.kept(change.size)
        for client in [client for each in (*rows, *later) for client in each.hands]:
            self.hands.pop(client, None)
        self.held.count_again()
        for change in self.waiting:
            self.held.expect(change.made)

    def ask(self, connection: Connection) -> None:
        """Ask a device for all that we lack."""
        connection.push(asking(written_state(self.held.clocks)))

    def ask_again(self) -> None:
        """Ask those devices that built on something we lack, from time to time."""
        for connection in self.connections:
            if connection.is_to_be_asked():
                self.ask(connection)

    # Who is here

    def join(self, connection: Connection) -> None:
        """A connection begins: it is asked for what it has, and told who is here."""
        me = connection.seat.participant_id
        mine = sum(other.seat.participant_id == me for other in self.connections)
        if len(self.connections) >= MOST_CONNECTIONS or mine >= MOST_TABS:
            connection.end(TOO_MUCH)
            return
        self.connections.append(connection)
        self.ask(connection)
        here = self.presence.everyone(connection)
        if here:
            connection.push(here)

    def part(self, connection: Connection) -> None:
        """A connection is over."""
        if connection in self.connections:
            self.connections.remove(connection)
        self.presence.leave(connection)
        self.tell_presence()
        self.left_at = time.monotonic()

    def has(self, participant_id: int) -> bool:
        """Whether that participant is here."""
        return any(connection.seat.participant_id == participant_id for connection in self.connections) \
            or any(here.participant_id == participant_id for here in self.presence.devices.values())

    def tell(self, message: bytes) -> None:
        """Send a message to everyone."""
        for connection in self.connections:
            connection.push(message)

    def tell_presence(self) -> None:
        """Tell everyone who came, went or looks elsewhere; so many times a second, however much they move."""
        if self.presence.changed and self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(1 / TICKS, self._tell_presence_again)
            news = self.presence.news()
            for connection in self.connections:
                message = news.message(connection)
                if message:
                    connection.push(message)

    def _tell_presence_again(self) -> None:
        self._telling = None
        self.tell_presence()

    def refuse(self, participant_ids: list[int]) -> None:
        """Tell participants that something of theirs was put aside, and close their lines."""
        for connection in self.connections:
            if connection.seat.participant_id in participant_ids:
                connection.refuse(NOT_READ)
                connection.end(UNREADABLE)

    def give_up(self, said=None) -> None:
        """Hold this page no longer: what comes next begins with what is kept. Devices keep what they know, and return.
        """
        self.is_given_up = True
        for change in self.waiting:
            change.connection.kept(change.size)
        self.waiting.clear()
        self.end_all(TRY_AGAIN, said)

    def end_all(self, code: int, said=None) -> None:
        """Close every line."""
        for connection in self.connections:
            if said is not None:
                connection.refuse(said)
            connection.end(code)
