"""The socket of a booth: `/booths/<code>/sync`, in the y-websocket protocol, for our pages and any other Yjs client."""

import asyncio
import contextlib
import logging
import time
from urllib.parse import parse_qs

from django.db import Error as DatabaseError

from alongside.booths.syncing import seats, store, taking, words
from alongside.booths.syncing.connection import PACE, Connection
from alongside.booths.syncing.dissecting import dissect
from alongside.booths.syncing.document import Unusable
from alongside.booths.syncing.protocol import ANSWER, ASK, PRESENCE, SYNC, WHO_IS_HERE, Nonsense, answering, heard
from alongside.booths.syncing.room import Room
from alongside.booths.syncing.rooms import Rooms
from alongside.lib.patience import AT_ONCE

log = logging.getLogger("alongside.booths")

LARGE = 64 * 1024  # bytes of a change that is looked at in a thread, and not set aside when it cannot be read
EARLY = 1_000  # changes a second of one connection that build on something missing: all that follow a lost one do
SHARE = 10  # who asks for everything waits ten times as long as the answer took, before the next is answered


class Sync:
    """The ASGI application of these sockets; the code of the booth is a path parameter."""

    def __init__(self, rooms: Rooms):
        self.rooms = rooms

    async def __call__(self, scope, receive, send) -> None:
        """One socket, from its opening to its end."""
        await receive()  # websocket.connect
        await send({"type": "websocket.accept"})
        code = scope["path_params"]["code"]
        try:
            if self.rooms.closed:
                raise DatabaseError("the server stops")
            seat = await self.rooms.threads.query(seats.find, scope, code)
        except (seats.NoSeat, ValueError):  # such as a cookie with letters that no database knows
            await _close(send, words.NO_SEAT)
        except seats.NoBooth:
            await _close(send, words.NO_BOOTH)
        except DatabaseError:
            await _close(send, words.TRY_AGAIN)
        else:
            rows = parse_qs(scope["query_string"].decode("latin-1")).get("rows") == ["1"]
            at_once = scope.get("extensions", {}).get(AT_ONCE, lambda message: False)
            connection = Connection(seat, send, rows, words.language_of(scope), at_once)
            await _Line(self.rooms, connection, receive).run(code)


async def _close(send, code: int) -> None:
    await send({"type": "websocket.close", "code": code})


class _Line:
    """One socket from its first message to its last."""

    def __init__(self, rooms: Rooms, connection: Connection, receive):
        self.rooms, self.connection, self._receive = rooms, connection, receive
        self.room: Room | None = None

    async def run(self, code: str) -> None:
        """Read until either side closes it."""
        try:
            self.room = await self.rooms.enter(self.connection, code)
            await self._read()
        except asyncio.CancelledError:
            if not self.connection.over:
                raise
            asyncio.current_task().uncancel()
        except Unusable as failure:
            log.error("A page is closed until it can be read again: %s", failure)
            self.connection.over = words.TRY_AGAIN, ""
            if self.room:
                self.room.give_up()
        finally:
            if self.room:
                self.room.part(self.connection)
        await self.connection.close()

    async def _read(self) -> None:
        while True:
            event = await self._receive()
            if event["type"] == "websocket.disconnect":
                return
            data = event.get("bytes")
            try:
                if data is None:
                    raise Nonsense("text is not spoken here")
                await self._hear(data)
            except ValueError as nonsense:
                log.info("A message of a booth could not be read: %s", nonsense)
                self.connection.over = words.UNREADABLE, ""
                return
            except taking.Refused as refused:
                self.connection.refuse(refused.said)
                if refused.code:
                    self.connection.over = refused.code, ""
                    return
                await self.connection.paced()

    async def _hear(self, data: bytes) -> None:
        message = heard(data)
        if message.kind == SYNC and message.step == ASK:
            await self._answer(message.body)
        elif message.kind == SYNC:
            await self._take(message.body, message.step == ANSWER)
        else:
            if message.kind == PRESENCE:
                self.room.presence.take(self.connection, self.connection.seat, message.body)
                self.room.tell_presence()
            elif message.kind == WHO_IS_HERE and (everyone := self.room.presence.everyone(self.connection)):
                self.connection.push(everyone)
            await self.connection.paced()

    async def _answer(self, state: bytes) -> None:
        await self.room.held.settled()
        began = time.perf_counter()
        self.connection.push(answering(self.room.page.lacking(state)))
        await self.connection.paced(max(1 / PACE, SHARE * (time.perf_counter() - began)))

    async def _take(self, update: bytes, brought: bool) -> None:
        """A change, or (`brought`) all that a device did while it was away."""
        taking.check_size(update, brought)
        try:
            parts = dissect(update) if len(update) < LARGE else await self.rooms.threads.run(dissect, update)
        except Nonsense:
            await self._set_aside(update)
            raise taking.Refused(words.NOT_READ, words.UNREADABLE) from None
        try:
            change = taking.examined(self.room, self.connection, update, parts, brought)
        except taking.Gap:
            self.connection.lacks = True
            self.room.ask_again()
            await self.connection.paced(1 / EARLY)
            return
        if brought:
            self.connection.is_whole()
        if change is None:
            await self.connection.paced()
            return
        self.rooms.tidying.before(self.room, change)
        self.room.expect(change)
        self.rooms.writer.wake(self.room)
        await self.connection.caught_up()

    async def _set_aside(self, update: bytes) -> None:
        if len(update) <= LARGE and self.connection.seat.may_edit:
            with contextlib.suppress(DatabaseError):
                seat = self.connection.seat
                await self.rooms.threads.query(store.set_aside, seat.booth_id, seat.participant_id, update)
