"""What is measured of a booth, each part by itself: a function of (targets, options) that returns rows."""

import time
from collections.abc import Callable

from alongside.booths.models import Snapshot
from bench.booth import servers, typists, world
from bench.booth.servers import OURS, Target
from bench.measuring import Row, cpu_seconds, percentile, pss_megabytes

SETTLE_SECONDS = 12  # until memory has come to rest
WORDS = 40  # letters in each of the booths that only stay open
WAITING = 4  # changes of one device under way, of a flood
UNFOLDED = 499  # changes since the last snapshot: one more, and they are folded
FOLD_SECONDS = 2.0  # before a snapshot stands, in which it is made


def latency(targets: list[Target], options) -> list[Row]:
    """A keystroke at one page with many devices, until the last of them has it; twenty keystrokes a second."""
    return _typed(targets, options, "keystroke to the last", rooms=1, devices=options.devices,
                  each=20 / options.devices)


def many(targets: list[Target], options) -> list[Row]:
    """Many booths at once, two devices each, four keystrokes a second each: until the other one has it."""
    return _typed(targets, options, f"{options.booths} booths live", rooms=options.booths, devices=2, each=4)


def _typed(targets, options, what: str, *, rooms: int, devices: int, each: float) -> list[Row]:
    def play(target: Target, row: Row) -> None:
        told = typists.play("keystrokes", rooms=target.rooms(rooms, devices), each=each, seconds=options.seconds)
        if told["lost"] or told["over"]:
            row.notes["lost"] = row.notes.get("lost", 0) + told["lost"] + told["over"]
        samples = [took for _at, took in told["samples"]]
        row.samples += samples
        row.notes.setdefault("p95 by round", []).append(round(percentile(samples, 0.95), 1))
        row.notes.setdefault("generator", []).append(round(told["generator"], 2))

    return _in_turn(targets, options, what, play)


def rate(targets: list[Target], options) -> list[Row]:
    """As many changes a second as go through one page with many devices that all write. Samples are ms a change."""
    def play(target: Target, row: Row) -> None:
        places, = target.rooms(1, options.devices + 1)
        told = typists.play("flood", places=places, waiting=WAITING, seconds=options.seconds)
        if told["lost"] or told["behind"]:
            row.notes["lost"] = row.notes.get("lost", 0) + told["lost"] + told["behind"]
        row.samples.append(1000 / told["perSecond"])
        row.notes.setdefault("per second", []).append(round(told["perSecond"]))
        row.notes.setdefault("generator", []).append(round(told["generator"], 2))

    return _in_turn(targets, options, f"changes at {options.devices}", play)


def _in_turn(targets, options, what: str, play: Callable[[Target, Row], None]) -> list[Row]:
    """Play it for each server in turn, round after round, and say how busy each server was meanwhile."""
    rows = {target.name: Row(f"{what}: {target.name}", []) for target in targets}
    for _ in range(options.rounds):
        for target in targets:
            began, used = time.perf_counter(), cpu_seconds(target.pid)
            play(target, rows[target.name])
            share = (cpu_seconds(target.pid) - used) / (time.perf_counter() - began)
            rows[target.name].notes.setdefault("server", []).append(round(share, 2))
    return list(rows.values())


def memory(_targets: list[Target], options) -> list[Row]:
    """Many open booths with one connection each: PSS of the serving process. Samples are ms to open one."""
    rows = []
    for name in options.against:
        if name == servers.HOCUSPOCUS:
            continue
        with servers.running([name]) as (target,):
            rows.append(_weighed(target, options.open))
    return rows


def _weighed(target: Target, number: int) -> Row:
    places = [room[0] for room in target.rooms(number, 1)]
    time.sleep(SETTLE_SECONDS / 2)
    empty = pss_megabytes(target.pid)
    began = time.perf_counter()
    with typists.staying(places=places, words=WORDS) as told:
        took = (time.perf_counter() - began) * 1000 / told["there"]
        time.sleep(SETTLE_SECONDS)
        full = pss_megabytes(target.pid)
    return Row(f"{number} open booths: {target.name}", [took],
               {"MB": round(full), "MB before": round(empty), "KB each": round((full - empty) * 1024 / number)})


def opening(_targets: list[Target], options) -> list[Row]:
    """A page of very many edits: its first device after the server started, and those that come then."""
    first = Row(f"{options.edits:,} edits, server just started", [])
    later = Row("… those who come later", [])
    for _ in range(options.rounds):
        booth, sessions = world.edited(options.edits, UNFOLDED, 4)
        with servers.ours() as target:
            told = typists.play("enter", places=target.places(booth.code, sessions))
        first.samples.append(told["took"][0])
        later.samples += told["took"][1:]
        first.notes["letters"] = told["letters"]
    return [first, later]


def folding(targets: list[Target], options) -> list[Row]:
    """Ten who type on at a page of very many edits while it is folded again and again."""
    target = next(target for target in targets if target.name == OURS)
    quiet, folded = Row("keystroke while nothing is folded", []), Row("… while it is folded", [])
    for _ in range(options.rounds):
        booth, sessions = world.edited(options.edits, UNFOLDED - 1, 10)
        last = booth.snapshots.latest("id").id
        told = typists.play("keystrokes", rooms=[target.places(booth.code, sessions)], each=5,
                            seconds=options.seconds * 2)
        made = [at.timestamp() * 1000 for at in
                Snapshot.objects.filter(booth=booth, id__gt=last).values_list("at", flat=True)]
        for at, took in told["samples"]:
            is_near = any(end - FOLD_SECONDS * 1000 <= at <= end + 200 for end in made)
            (folded if is_near else quiet).samples.append(took)
        folded.notes.setdefault("folded", []).append(len(made))
    return [row for row in (quiet, folded) if row.samples]


PARTS = {"latency": latency, "rate": rate, "memory": memory, "many": many, "opening": opening, "folding": folding}
ALONE = ("memory", "opening")  # parts that start their servers themselves
