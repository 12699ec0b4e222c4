"""Every page that is open in this process: opened, looked after, and closed."""

import asyncio
import contextlib
import logging
import time

from django.db import Error as DatabaseError

from alongside.booths.syncing import neighbours, noting, seats, words
from alongside.booths.syncing.connection import Connection
from alongside.booths.syncing.document import Unusable
from alongside.booths.syncing.hearing import Hearing
from alongside.booths.syncing.room import Room
from alongside.booths.syncing.tidying import Tidying
from alongside.booths.syncing.writing import Writer
from alongside.lib.threads import Threads

log = logging.getLogger("alongside.booths")

LOOK_SECONDS = 2.0  # between two looks at who may still be here; a seat that was taken away ends within five
LINGER_SECONDS = 15.0  # that a page is held when nobody is there
SETTLE_SECONDS = 5.0  # for what waits when the process stops


class Rooms:
    """The open pages by their booth. From `open` on it belongs to the event loop of the process."""

    def __init__(self):
        self.by_id: dict[int, Room] = {}
        self.by_code: dict[str, Room] = {}
        self.threads = Threads("booths", 2)
        self.closed = True
        self._tasks: set[asyncio.Task] = set()

    def open(self) -> None:
        """Begin to work, and to hear what other processes say."""
        self.closed = False
        self.writer, self.tidying, self.hearing = Writer(self._missed), Tidying(), Hearing(self)
        for work in (self.writer.run, self.tidying.run, self.hearing.run, self._look_after, self._tell_neighbours):
            self._begin(work())

    def _begin(self, work) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def end_sockets(self) -> None:
        """Close every socket at once: the process stops. Their pages come back when it is there again."""
        self.closed = True
        for room in self.by_id.values():
            room.end_all(words.RESTARTING)

    async def close(self) -> None:
        """Stop in order: what was taken is kept, nothing that was begun is left."""
        self.end_sockets()
        await self.writer.settled(SETTLE_SECONDS)
        with contextlib.suppress(DatabaseError):
            await noting.note(self.by_id.values(), self.threads, at_once=True)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.by_id.clear()
        self.by_code.clear()
        for threads in (self.writer.threads, self.threads, self.tidying.threads):
            await asyncio.to_thread(threads.close)

    # Coming and going

    async def enter(self, connection: Connection, code: str) -> Room:
        """The room of a connection, opened if need be. Raises Unusable when it cannot be read just now."""
        booth_id = connection.seat.booth_id
        room = self.by_id.get(booth_id)
        if room is None or room.is_given_up:
            # It is there before it is loaded, so that nothing that is announced meanwhile is missed.
            room = self.by_id[booth_id] = self.by_code[code] = Room(booth_id, code, self.threads)
            self._begin(self._load(room))
        await room.loaded.wait()
        if room.is_given_up:
            raise Unusable("it cannot be read just now")
        room.join(connection)
        return room

    async def _load(self, room: Room) -> None:
        try:
            await room.load()
        except Exception as failure:
            known = isinstance(failure, (DatabaseError, Unusable))
            log.error("Booth %s cannot be opened just now: %s", room.booth_id, failure, exc_info=not known)
            self._forget(room)
            return
        finally:
            room.loaded.set()
        self.tidying.begin_of(room)
        with contextlib.suppress(DatabaseError):
            await self.threads.query(_say, room.booth_id, "hello")

    def _forget(self, room: Room) -> None:
        room.is_given_up = True
        if self.by_id.get(room.booth_id) is room:
            del self.by_id[room.booth_id], self.by_code[room.code]

    def _missed(self, room: Room, participant_ids: set[int]) -> None:
        """Changes were not kept: the booth has ended meanwhile, or it is just being deleted."""
        self._begin(self._explain(room, participant_ids))

    async def _explain(self, room: Room, participant_ids: set[int]) -> None:
        with contextlib.suppress(DatabaseError):
            await self.look({room.booth_id})
        for connection in room.connections:
            if connection.seat.participant_id in participant_ids:
                if room.is_open:
                    connection.end(words.TRY_AGAIN)
                else:
                    connection.refuse(words.HAS_ENDED)

    # Looking after

    async def look(self, booth_ids: set[int] | None = None) -> None:
        """Whether everyone in these rooms (or in all) may still be here, and is still called so.

        Raises django.db.Error.
        """
        rooms = [room for room in self.by_id.values() if booth_ids is None or room.booth_id in booth_ids]
        held = {connection.seat for room in rooms for connection in room.connections}
        if not rooms:
            return
        still, states = await self.threads.query(_look, held, [room.booth_id for room in rooms])
        for room in rooms:
            room.is_open = states.get(room.booth_id, False)
            for connection in room.connections:
                if room.booth_id not in states:
                    connection.end(words.NO_BOOTH)
                elif connection.seat in held:
                    _seat(room, connection, still.get(connection.seat))

    async def _look_after(self) -> None:
        """Again and again: who may still be here, what lists should know, which pages nobody has open any more."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
                await noting.note(self.by_id.values(), self.threads)
                for room in list(self.by_id.values()):
                    await self._look_after_one(room)
            except DatabaseError:
                continue  # who may be here cannot change while the database is away
            except Exception:
                log.exception("Looking after the open pages failed")

    async def _look_after_one(self, room: Room) -> None:
        if not room.loaded.is_set():
            return
        room.ask_again()
        room.neighbours.drop_silent()
        room.tell_presence()
        self.tidying.look_at(room)
        if room.is_given_up:
            self._forget(room)
        elif room.is_left and time.monotonic() - room.left_at > LINGER_SECONDS:
            self._forget(room)
            if room.neighbours.by_name:
                await self.threads.query(_say, room.booth_id, "bye")

    async def _tell_neighbours(self) -> None:
        """Where another process has the same page open, tell it who is here."""
        while True:
            await asyncio.sleep(neighbours.TELL_SECONDS)
            for room in [room for room in self.by_id.values() if room.neighbours.by_name]:
                news = room.neighbours.news()
                if news:
                    with contextlib.suppress(DatabaseError):
                        await self.threads.query(neighbours.tell, room.booth_id, news)


def _seat(room: Room, connection: Connection, seat: seats.Seat | None) -> None:
    if seat is None:
        connection.end(words.NO_SEAT)
    elif seat != connection.seat:
        connection.seat = seat
        room.presence.rename(connection, seat)
        room.tell_presence()


def _say(booth_id: int, what: str) -> None:
    neighbours.tell(booth_id, **{what: 1})


def _look(held: set[seats.Seat], booth_ids: list[int]):
    return seats.still(held), seats.states(booth_ids)


ROOMS = Rooms()
