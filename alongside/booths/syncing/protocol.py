"""The y-websocket protocol: reading what clients send without believing it, and writing what they are sent.

Numbers are lib0's varuints: seven bits a byte, the lowest first.
"""

import json
from typing import NamedTuple

SYNC, PRESENCE, AUTH, WHO_IS_HERE = 0, 1, 2, 3
ROWS, REFUSED = 100, 101  # ours: a part of the table changed; a change was not taken, in words
ASK, ANSWER, CHANGE = 0, 1, 2  # of SYNC: "what do I lack?", the answer, and one change

MOST_NUMBER = 2**53 - 1  # what a browser can count
MOST_DEVICES = 1_000  # in one message about who is here
NOTHING_NEW = b"\x00\x00"  # an update without changes and without deletions


class Nonsense(ValueError):
    """Bytes that mean nothing in this protocol."""


class Message(NamedTuple):
    """One message: its kind, for SYNC also the step, and what it carries."""

    kind: int
    step: int
    body: bytes


class Device(NamedTuple):
    """What one device (a Yjs client id) says of itself: a count that grows, and a state, or None when it left."""

    client: int
    clock: int
    state: dict | None


def read_number(data: bytes, at: int) -> tuple[int, int]:
    """The varuint at `at`, and where it ends. Raises Nonsense when it is cut off or too large."""
    number = shift = 0
    while True:
        try:
            byte = data[at]
        except IndexError:
            raise Nonsense("a number is cut off") from None
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            if number > MOST_NUMBER:
                raise Nonsense("a number is too large")
            return number, at
        shift += 7
        if shift > 49:
            raise Nonsense("a number is too long")


def number(value: int) -> bytes:
    """`value` as a varuint."""
    if value < 128:
        return bytes((value,))
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    written.append(value)
    return bytes(written)


def _read_bytes(data: bytes, at: int) -> tuple[bytes, int]:
    length, at = read_number(data, at)
    if length > len(data) - at:
        raise Nonsense("it is cut off")
    return data[at : at + length], at + length


def _sized(body: bytes) -> bytes:
    return number(len(body)) + body


def heard(data: bytes) -> Message:
    """What a client's frame says. Kinds that are not known are left to the caller. Raises Nonsense."""
    kind, at = read_number(data, 0)
    if kind == SYNC:
        step, at = read_number(data, at)
        if step not in (ASK, ANSWER, CHANGE):
            raise Nonsense(f"there is no step {step}")
        return Message(SYNC, step, _read_bytes(data, at)[0])
    if kind == PRESENCE:
        return Message(PRESENCE, 0, _read_bytes(data, at)[0])
    return Message(kind, 0, b"")


def asking(state: bytes) -> bytes:
    """"What of yours do I lack?", with our state vector."""
    return b"\x00\x00" + _sized(state)


def answering(update: bytes) -> bytes:
    """What the other side lacked."""
    return b"\x00\x01" + _sized(update)


def changing(update: bytes) -> bytes:
    """A change of the document."""
    return b"\x00\x02" + _sized(update)


def telling_rows(part: str) -> bytes:
    """That a part of the table changed: the page asks for it again."""
    return bytes((ROWS,)) + _sized(json.dumps({"part": part}).encode())


def refusing(words: str) -> bytes:
    """That a change was not taken, and why."""
    return bytes((REFUSED,)) + _sized(words.encode())


def who_is_here(written: list[bytes]) -> bytes:
    """What devices say of themselves, each as `written_device` wrote it."""
    return b"\x01" + _sized(number(len(written)) + b"".join(written))


def written_device(client: int, clock: int, state: str) -> bytes:
    """One device's entry; `state` is JSON, "null" for one that left."""
    return number(client) + number(clock) + _sized(state.encode())


def read_devices(body: bytes, most_state: int) -> list[Device]:
    """The devices in a PRESENCE message. Raises Nonsense, also for what other pages could not read."""
    count, at = read_number(body, 0)
    if count > MOST_DEVICES:
        raise Nonsense("too many devices")
    devices = []
    for _ in range(count):
        client, at = read_number(body, at)
        clock, at = read_number(body, at)
        text, at = _read_bytes(body, at)
        devices.append(Device(client, clock, _state(text, most_state)))
    return devices


def _state(text: bytes, most: int) -> dict | None:
    if len(text) > most:
        raise Nonsense("a device says too much of itself")
    try:
        state = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise Nonsense("a device's state is no JSON") from wrong
    if state is not None and not isinstance(state, dict):
        raise Nonsense("a device's state is not an object")
    return state


def _no_constant(name: str):
    raise ValueError(f"{name} is no JSON")
