"""Who is here, and where they look: what devices say of themselves, with the server's word for who they are.

A client id belongs to the participant whose connection used it first; what others say under it is not heard. Clocks
are the server's own: they go with the time, so that a page which comes back, or a server, is believed at once.
"""

import json
import time
from dataclasses import dataclass

from alongside.booths.syncing.limits import MOST_STATE
from alongside.booths.syncing.protocol import Device, read_devices, who_is_here, written_device
from alongside.booths.syncing.seats import Seat

TICKS = 20  # a second; as often as one device is told of
BEGAN = 1_767_225_600  # 2026, in Unix seconds: counts fit into 32 bits for a while
MOST_DEVICES = 5  # of one connection
GONE = "null"


@dataclass
class Here:
    """One device: whose, through which connection (None: another process), and its entry as it is sent."""

    participant_id: int
    connection: object
    clock: int
    state: str
    entry: bytes


class Presence:
    """The devices at one page."""

    def __init__(self):
        self.devices: dict[int, Here] = {}
        self.changed: dict[int, Here] = {}  # since the others were told

    def take(self, connection, seat: Seat, body: bytes) -> None:
        """What a connection says of its devices. Raises Nonsense."""
        for device in read_devices(body, MOST_STATE):
            if self._may(connection, seat, device):
                self._set(device.client, seat.participant_id, connection, stated(device.state, seat))

    def _may(self, connection, seat: Seat, device: Device) -> bool:
        known = self.devices.get(device.client)
        if known is None:
            mine = sum(here.connection is connection for here in self.devices.values())
            return device.state is not None and mine < MOST_DEVICES
        if known.participant_id != seat.participant_id:
            return False
        return device.clock != known.clock  # else it only says again what we told it

    def _set(self, client: int, participant_id: int, connection, state: str) -> None:
        before = self.devices.get(client)
        clock = max(int((time.time() - BEGAN) * TICKS), before.clock + 1 if before else 0)
        here = Here(participant_id, connection, clock, state, written_device(client, clock, state))
        self.changed[client] = here
        if state == GONE:
            self.devices.pop(client, None)
        else:
            self.devices[client] = here

    def relay(self, neighbour, client: int, participant_id: int, state: str) -> None:
        """What another process says of a device there; it vouches for it as we do."""
        known = self.devices.get(client)
        is_its = known is not None and known.connection is neighbour
        if is_its or state != GONE and (known is None or known.participant_id == participant_id):
            self._set(client, participant_id, neighbour, state)

    def rename(self, connection, seat: Seat) -> None:
        """A participant is called otherwise now, or sits elsewhere."""
        for client, here in self._of(connection):
            self._set(client, here.participant_id, connection, stated(json.loads(here.state), seat))

    def leave(self, connection) -> None:
        """A connection is over, and so are its devices."""
        for client, here in self._of(connection):
            self._set(client, here.participant_id, connection, GONE)

    def _of(self, connection) -> list[tuple[int, Here]]:
        return [(client, here) for client, here in self.devices.items() if here.connection is connection]

    def owner(self, client: int) -> int | None:
        """The participant who is here under that client id."""
        here = self.devices.get(client)
        return here.participant_id if here else None

    def everyone(self, connection) -> bytes | None:
        """A message with everybody but `connection` itself; None when nobody else is here."""
        entries = [here.entry for here in self.devices.values() if here.connection is not connection]
        return who_is_here(entries) if entries else None

    def news(self) -> "News":
        """What changed since the last time."""
        changed, self.changed = self.changed, {}
        return News(changed)


class News:
    """Changed devices, as messages: nobody is told of themselves, which would undo what they did since."""

    def __init__(self, changed: dict[int, Here]):
        self.changed = changed
        self._speakers = {id(here.connection) for here in changed.values()}
        self._all = who_is_here([here.entry for here in changed.values()])

    def message(self, connection) -> bytes | None:
        """What `connection` is told."""
        if id(connection) not in self._speakers:
            return self._all
        entries = [here.entry for here in self.changed.values() if here.connection is not connection]
        return who_is_here(entries) if entries else None


def stated(state: dict | None, seat: Seat) -> str:
    """A device's state as JSON, in which the server says who it is. Raises ValueError for what is no JSON."""
    if state is None:
        return GONE
    user = {"id": seat.participant_id, "name": seat.name, "side": seat.side}
    return json.dumps({**state, "user": user}, allow_nan=False, separators=(",", ":"))
