"""Processes that have the same page open tell each other who is here: by hints, for it is true for seconds only.

One that opens a page says so; whoever has it open, too, answers with its devices. Where nobody answers nothing more is
sent. What is typed never goes this way.
"""

import time
from dataclasses import dataclass, field

from alongside.booths.syncing.presence import GONE, Presence
from alongside.live.models import changed, hints

TOPIC = "booth_page:all"
LONGEST = 7_000  # bytes of a hint; NOTIFY carries less than 8,000
SILENT_SECONDS = 45.0  # after which a neighbour counts as gone: devices speak every fifteen
TELL_SECONDS = 0.2  # between two times that devices are told of


@dataclass
class Neighbour:
    """Another process with the same page open; devices that came from it are its."""

    name: str
    heard_at: float = field(default_factory=time.monotonic)


class Neighbours:
    """The neighbours of one room."""

    def __init__(self, booth_id: int, presence: Presence):
        self.booth_id, self.presence = booth_id, presence
        self.by_name: dict[str, Neighbour] = {}
        self._told: dict[int, int] = {}  # device → the clock that was told
        self._told_at = 0.0

    def heard(self, hint: dict) -> bool:
        """Another process speaks of this page; returns whether it wants to hear of all our devices."""
        name = hint["by"]
        neighbour = self.by_name.get(name)
        if hint.get("bye"):
            self.by_name.pop(name, None)
            if neighbour:
                self.presence.leave(neighbour)
            return False
        if neighbour is None:
            neighbour = self.by_name[name] = Neighbour(name)
        neighbour.heard_at = time.monotonic()
        for client, participant_id, state in hint.get("devices", ()):
            self.presence.relay(neighbour, client, participant_id, state)
        if hint.get("hello"):
            self._told.clear()
        return bool(hint.get("hello"))

    def drop_silent(self) -> None:
        """Forget those that were not heard for long."""
        for name, neighbour in list(self.by_name.items()):
            if time.monotonic() - neighbour.heard_at > SILENT_SECONDS:
                del self.by_name[name]
                self.presence.leave(neighbour)

    def news(self) -> list[list]:
        """What of our own devices the neighbours do not know yet: client, participant, state. Not too often."""
        now = time.monotonic()
        if not self.by_name or now - self._told_at < TELL_SECONDS:
            return []
        own = {client: here for client, here in self.presence.devices.items()
               if not isinstance(here.connection, Neighbour)}
        news = [[client, here.participant_id, here.state] for client, here in own.items()
                if self._told.get(client) != here.clock]
        news += [[client, 0, GONE] for client in self._told if client not in own]
        self._told = {client: here.clock for client, here in own.items()}
        if news:
            self._told_at = now
        return news


def tell(booth_id: int, devices: list[list] = (), **what) -> None:
    """Tell the neighbours of a page; reads and writes no table. Call it in a thread."""
    said, size = [], 0
    for device in devices:
        length = len(hints.written("", device=device))
        if size + length > LONGEST and said:
            changed(TOPIC, booth=booth_id, by=hints.PROCESS, devices=said, **what)
            said, size = [], 0
        if length <= LONGEST:
            said.append(device)
            size += length
    changed(TOPIC, booth=booth_id, by=hints.PROCESS, devices=said, **what)
