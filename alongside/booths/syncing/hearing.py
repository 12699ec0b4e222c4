"""What the process hears while pages are open: what others kept, who is there with them, what changed on tables."""

import asyncio
import logging
import time

from django.db import Error as DatabaseError

from alongside.booths.syncing import neighbours
from alongside.booths.syncing.protocol import telling_rows
from alongside.booths.syncing.room import Room
from alongside.live.hub import HUB
from alongside.live.models.hints import PROCESS

log = logging.getLogger("alongside.booths")

SOON = 0.05  # seconds after a hint that concerns seats: several come together
AGAIN_SECONDS = 2.0  # before a database that is away is asked again
PARTS = ("booth", "present", "links", "goal", "steps", "lines", "files", "endings", "lessons")
OF_SEATS = ("booth", "present", "links")


class Hearing:
    """Hears hints for the open rooms. Belongs to the event loop."""

    def __init__(self, rooms):
        self.rooms = rooms
        self._kept: dict[int, list[int]] = {}
        self._asked: set[int] = set()
        self._seats: set[int] = set()
        self._lost = False
        self._news = asyncio.Event()
        HUB.hear("booth_page", self._heard_page, self.lose, alone=True)
        HUB.hear("booth", self._heard_rows, lambda: None)

    def lose(self) -> None:
        """Anything may have been said meanwhile."""
        self._lost = True
        self._news.set()

    def _heard_page(self, hint: dict) -> None:
        if hint.get("by") == PROCESS:
            return
        for booth_id, ids in hint.get("kept", {}).items():
            if int(booth_id) in self.rooms.by_id:
                self._kept.setdefault(int(booth_id), []).extend(ids)
                self._news.set()
        room = self.rooms.by_id.get(hint.get("booth"))
        if room is not None:
            if room.neighbours.heard(hint):
                self._asked.add(room.booth_id)
                self._news.set()
            room.tell_presence()

    def _heard_rows(self, hint: dict) -> None:
        room = self.rooms.by_code.get(hint["topic"].partition(":")[2])
        if room is None:
            return
        part = str(hint.get("part", ""))
        _tell_rows(room, part)
        if part in OF_SEATS:
            self._seats.add(room.booth_id)
            self._news.set()

    async def run(self) -> None:
        """Act on what was heard, until cancelled. A database that is away is asked again."""
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self._act()
            except Exception as failure:
                if not isinstance(failure, DatabaseError):
                    log.exception("What was heard could not be acted on")
                await asyncio.sleep(AGAIN_SECONDS)
                self.lose()

    async def _act(self) -> None:
        kept, self._kept = self._kept, {}
        asked, self._asked = self._asked, set()
        seats, self._seats = self._seats, set()
        lost, self._lost = self._lost, False
        for booth_id, ids in kept.items():
            room = await self._loaded(booth_id)
            if room and not lost:
                await room.held.hear(ids)
                room.changed_at = room.changed_at or time.monotonic()
        for booth_id in asked:
            room = await self._loaded(booth_id)
            if room:
                await self.rooms.threads.query(_answer, room)
        if lost:
            await self._catch_up()
        elif seats:
            await asyncio.sleep(SOON)
            await self.rooms.look(seats)

    async def _catch_up(self) -> None:
        for booth_id in list(self.rooms.by_id):
            room = await self._loaded(booth_id)
            if room:
                await room.held.catch_up()
                _tell_rows(room, *PARTS)
        await self.rooms.look()

    async def _loaded(self, booth_id: int) -> Room | None:
        """The room, once it is loaded: what was announced before is in it then."""
        room = self.rooms.by_id.get(booth_id)
        if room is not None:
            await room.loaded.wait()
        return room if room is not None and not room.is_given_up else None


def _tell_rows(room: Room, *parts: str) -> None:
    for connection in room.connections:
        if connection.rows:
            for part in parts:
                connection.push(telling_rows(part))


def _answer(room: Room) -> None:
    neighbours.tell(room.booth_id, room.neighbours.news())
