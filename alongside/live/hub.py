"""Where the hints of this process arrive, and from where they go to every open stream that may have them."""

import json
import logging
import time
from asyncio import Event
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from alongside.live.carriers import CHANNEL
from alongside.live.models.hints import PROCESS, mark_at

log = logging.getLogger("alongside.live")

REMEMBERED = 5000  # hints kept for those who come back
SLACK = 10.0  # seconds by which the clocks of two hosts may differ
QUEUE = 100  # hints that may wait for one reader; one who lets more pile up is dropped


class Stream:
    """One open stream: its topics, and what it has yet to be told."""

    def __init__(self, scope: dict, principal, topics: list[str]):
        self.scope, self.principal, self.topics = scope, principal, topics
        self.waiting: dict[str, None] = {}
        self.resync = False
        self.ended = False
        self.news = Event()

    def tell(self, payload: str) -> None:
        """Put a hint in line, once. Too many end the stream: its reader comes back and asks for everything."""
        self.waiting[payload] = None
        if len(self.waiting) > QUEUE:
            self.end()
        self.news.set()

    def lose(self) -> None:
        """Hints may have been missed: the reader has to ask for everything."""
        self.waiting.clear()
        self.resync = True
        self.news.set()

    def end(self) -> None:
        """Close the stream at once."""
        self.ended = True
        self.news.set()

    def take(self) -> tuple[bool, list[str]]:
        """Whether everything has to be asked for, and the hints in line; both count as told."""
        resync, waiting = self.resync, list(self.waiting)
        self.resync = False
        self.waiting.clear()
        self.news.clear()
        return resync, waiting


@dataclass(frozen=True)
class Ear:
    """A part of this process that hears the hints of one kind of topic itself; `alone`: and nobody else does."""

    heard: Callable[[dict], None]
    lost: Callable[[], None]
    alone: bool


class Hub:
    """All open streams of this process by topic, and the last hints for those who come back."""

    def __init__(self):
        self.streams: set[Stream] = set()
        self.ears: dict[str, Ear] = {}
        self.past: deque[tuple[float, str, str]] = deque(maxlen=REMEMBERED)
        self.complete_since = float("inf")
        self.closed = False
        self._by_topic: dict[str, set[Stream]] = {}

    def attach(self, listening) -> None:
        """Hear what NOTIFY carries, through the process's `lib.listening.Listening`."""
        listening.on(CHANNEL, self.heard, lost=self.lost)

    def hear(self, kind: str, heard: Callable[[dict], None], lost: Callable[[], None], alone: bool = False) -> None:
        """Have `heard(hint)` called, in the event loop, for every hint whose topic is of this kind.

        `lost()` is called when hints may have been missed. With `alone` no stream gets them and none is remembered:
        for what processes tell each other many times a second.
        """
        self.ears[kind] = Ear(heard, lost, alone)

    def heard(self, payload: str) -> None:
        """A hint has come in: hand it to the streams of its topic, and to the ear of its kind."""
        hint = json.loads(payload)
        topic = hint["topic"]
        ear = self.ears.get(topic.partition(":")[0])
        if ear and ear.alone:
            ear.heard(hint)
            return
        if len(self.past) == REMEMBERED:
            self.complete_since = self.past[0][0]
        self.past.append((time.time(), topic, payload))
        for stream in self._by_topic.get(topic, ()):
            stream.tell(payload)
        if ear:
            ear.heard(hint)

    def lost(self) -> None:
        """Hints may have been missed until now: every reader has to ask for everything."""
        self.past.clear()
        self.complete_since = time.time()
        for stream in self.streams:
            stream.lose()
        for ear in self.ears.values():
            ear.lost()

    def join(self, stream: Stream, since: str) -> None:
        """Open a stream that goes on from the mark `since` (empty: from now)."""
        self.streams.add(stream)
        for topic in stream.topics:
            self._by_topic.setdefault(topic, set()).add(stream)
        if self.closed:
            stream.end()
        elif since:
            self._catch_up(stream, since)

    def _catch_up(self, stream: Stream, since: str) -> None:
        milliseconds, _, process = since.partition("-")
        if not (milliseconds.isascii() and milliseconds.isdigit() and len(milliseconds) < 16):
            stream.lose()
            return
        moment = int(milliseconds) / 1000 - (0 if process == PROCESS else SLACK)
        if moment < self.complete_since:
            stream.lose()
            return
        for at, topic, payload in self.past:
            if at >= moment and topic in stream.topics:
                stream.tell(payload)

    def part(self, stream: Stream) -> None:
        """A stream is over."""
        self.streams.discard(stream)
        for topic in stream.topics:
            streams = self._by_topic.get(topic, set())
            streams.discard(stream)
            if not streams:
                self._by_topic.pop(topic, None)

    def open(self) -> None:
        """Take streams again after `close`."""
        self.closed = False

    def close(self) -> None:
        """End every stream at once: the process stops."""
        self.closed = True
        for stream in self.streams:
            stream.end()

    @staticmethod
    def now() -> str:
        """The mark of this moment."""
        return mark_at(time.time())


HUB = Hub()
