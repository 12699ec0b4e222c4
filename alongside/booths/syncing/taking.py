"""Looking at a change before it is kept: whether it may be made, whose it is, and what of it is new."""

from dataclasses import dataclass

from alongside.booths.syncing import words
from alongside.booths.syncing.beginning import HOUSE
from alongside.booths.syncing.dissecting import Parts, dissect, without_deletions
from alongside.booths.syncing.document import without
from alongside.booths.syncing.limits import MOST_BROUGHT, MOST_DOCUMENT, MOST_PARTS, MOST_UPDATE


class Refused(Exception):
    """The change is not taken: why, in words, and the code with which the socket is closed, or None to go on."""

    def __init__(self, said, code: int | None = None):
        super().__init__(str(said))
        self.said, self.code = said, code


class Gap(Exception):
    """Something that this change builds on is missing: the device has to be asked for all that we lack."""


@dataclass(slots=True)
class Change:
    """A change that waits to be kept, and what is in it: whose devices' clocks it covers anew (`made`), and which were
    not used before (`hands`). `takes_out`: how many characters it deletes."""

    data: bytes
    parts: Parts
    connection: object
    made: list[tuple[int, int, int]]
    hands: list[int]
    takes_out: int

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


def check_size(data: bytes, brought: bool) -> None:
    """Raises Refused for more than may come at once."""
    if len(data) > (MOST_BROUGHT if brought else MOST_UPDATE):
        raise Refused(words.TOO_LONG, words.TOO_MUCH)


def examined(room, connection, data: bytes, parts: Parts, brought: bool) -> Change | None:
    """The change as it is to be kept; None when there is nothing new in it. Raises Refused, Gap."""
    foreign = {client: end for client, _start, end in parts.made if _is_anothers(room, connection, client)}
    if foreign:
        data = without(data, foreign)
        parts = dissect(data)
    clocks = room.held.clocks
    new = [(client, start, end) for client, start, end in parts.made if end > clocks.get(client, 0)]
    takes_out = bool(parts.deleted)
    if brought and takes_out:  # a device that comes back names all that was ever taken out
        data, fresh = without_deletions(data, parts, room.page.deletions())
        takes_out = fresh > 0
    if not new and not takes_out:
        return None
    _may(room, connection)
    if parts.counted(clocks) is None:
        raise Gap
    _fits(room, data, parts, new)
    hands = sorted({client for client, _start, _end in new if client not in room.hands})
    return Change(data, parts, connection, new, hands, parts.amount_deleted if takes_out else 0)


def _may(room, connection) -> None:
    """Raises Refused when this participant may change nothing now."""
    if not connection.seat.may_edit:
        raise Refused(words.LOOKING_ONLY)
    if not room.is_open:
        raise Refused(words.HAS_ENDED)


def _is_anothers(room, connection, client: int) -> bool:
    """Whether that device is of somebody else who is here: nobody writes in another's name.

    Of somebody who is gone it is taken: people come back as a new guest, with what they wrote meanwhile.
    """
    me = connection.seat.participant_id
    if client == HOUSE:
        return True
    here = room.presence.owner(client)
    if here is not None:
        return here != me
    writer = room.hands.get(client, me)
    return writer != me and room.has(writer)


def _fits(room, data: bytes, parts: Parts, new: list) -> None:
    """Raises Refused when the page would hold more than it can. Taking out always fits."""
    if new and (room.held.size + len(data) > MOST_DOCUMENT or room.held.types + parts.types > MOST_PARTS):
        raise Refused(words.PAGE_FULL, words.TOO_MUCH)
