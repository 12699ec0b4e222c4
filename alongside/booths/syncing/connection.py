"""One socket: what waits to be read by it, and how much of what it sent is not kept yet."""

import asyncio
import contextlib
import time
from collections import deque

from alongside.booths.syncing.limits import UNREAD_BYTES, UNREAD_MESSAGES, WAITING_BYTES, WAITING_CHANGES
from alongside.booths.syncing.protocol import refusing
from alongside.booths.syncing.seats import Seat
from alongside.booths.syncing.words import TRY_AGAIN, said

CLOSING_SECONDS = 2
PACE = 100  # messages a second of one connection that are handled without a pause; changes have a measure of their own
ASK_AGAIN_SECONDS, ASK_AT_LEAST_SECONDS = 0.5, 60.0
SAY_AGAIN_SECONDS = 10  # between two times of the same words


class Connection:
    """One socket of one participant. `rows`: it also wants to hear which part of the table changed.
    `at_once(message)` sends one if the line takes it just now, and returns whether it did."""

    def __init__(self, seat: Seat, send, rows: bool, language: str, at_once):
        self.seat, self.rows, self.language = seat, rows, language
        self.over: tuple[int, str] | None = None
        self._asked, self._ask_at = 0, 0.0  # how often in vain we asked for what it left out, and when to ask next
        self.lacks = False
        self.taken_out, self.before = 0, set()  # characters in one go, and what was kept when it began: of `tidying`
        self._send, self._task = send, asyncio.current_task()
        self._unread: deque[bytes] = deque()
        self._unread_bytes = 0
        self._at_once = at_once
        self._is_slow = False
        self._sending: asyncio.Task | None = None
        self._waiting = self._waiting_bytes = 0
        self._kept = asyncio.Event()
        self._said: dict[str, float] = {}
        self._lead = time.monotonic()

    # What it is sent

    def push(self, message: bytes) -> None:
        """Put a message in line. One who lets too much pile up is let go, and comes back for all of it."""
        if self.over or self._sending is None and self._at_once(message):
            return
        self._unread.append(message)
        self._unread_bytes += len(message)
        if len(self._unread) > UNREAD_MESSAGES or self._unread_bytes > UNREAD_BYTES:
            self._is_slow = True
            self.end(TRY_AGAIN)
        elif self._sending is None:
            self._sending = asyncio.create_task(self._send_all())

    async def _send_all(self) -> None:
        try:
            while self._unread:
                message = self._unread.popleft()
                self._unread_bytes -= len(message)
                await self._send({"type": "websocket.send", "bytes": message})
        except asyncio.CancelledError:
            raise
        except Exception:  # the line is gone; whoever reads from it is told so, too
            self._unread.clear()
        finally:
            self._sending = None

    def refuse(self, words) -> None:
        """Say that a change was not taken; the same words not again and again."""
        text, now = said(words, self.language), time.monotonic()
        if now - self._said.get(text, -SAY_AGAIN_SECONDS) >= SAY_AGAIN_SECONDS:
            self._said[text] = now
            self.push(refusing(text))

    def end(self, code: int, reason: str = "") -> None:
        """Close it. The reader stops at once."""
        if not self.over:
            self.over = code, reason
            self._task.cancel()

    async def close(self) -> None:
        """Say goodbye with the code of `end`, as far as the other side still listens."""
        if self.over:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(CLOSING_SECONDS):
                    if self._sending and not self._is_slow:
                        await self._sending
                    await self._send({"type": "websocket.close", "code": self.over[0], "reason": self.over[1]})
        if self._sending:
            self._sending.cancel()

    # What it sent

    def waits(self, size: int) -> None:
        """A change of so many bytes waits to be kept."""
        self._waiting += 1
        self._waiting_bytes += size

    def kept(self, size: int) -> None:
        """It waits no longer."""
        self._waiting -= 1
        self._waiting_bytes -= size
        self._kept.set()

    @property
    def has_much_waiting(self) -> bool:
        """Whether it is not to be read any further for now."""
        return self._waiting >= WAITING_CHANGES or self._waiting_bytes >= WAITING_BYTES

    async def caught_up(self) -> None:
        """Wait until enough of what it sent is kept: a flood waits in its own line, not in ours."""
        while self.has_much_waiting:
            self._kept.clear()
            await self._kept.wait()

    def is_to_be_asked(self) -> bool:
        """Whether something that it builds on is missing and it is time to ask for it again, ever more rarely."""
        now = time.monotonic()
        if not self.lacks or now < self._ask_at:
            return False
        self._asked += 1
        self._ask_at = now + min(ASK_AGAIN_SECONDS * 2**self._asked, ASK_AT_LEAST_SECONDS)
        return True

    def is_whole(self) -> None:
        """It brought all that it has."""
        self.lacks, self._asked, self._ask_at = False, 0, 0.0

    async def paced(self, seconds: float = 1 / PACE) -> None:
        """After something that cost us `seconds`: whoever goes on like that is made to wait, and nobody else."""
        now = time.monotonic()
        self._lead = max(self._lead, now - 1) + seconds
        await asyncio.sleep(max(0.0, self._lead - now))
