"""Everyone among many people who may be somebody else's second record, looked for on every core."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from itertools import islice, product
from typing import NamedTuple

from alongside.lib.matching import blocking, comparing, judging
from alongside.lib.matching.plain import Plain
from alongside.lib.matching.weighing import CANDIDATES, Weights

WORTH_A_PROCESS = 20_000
LARGEST_CIRCLE = 12
SHARES = 8  # parts of the work for each core, so that none waits long for another's large one


class Found(NamedTuple):
    """Two who may be one: their places in the list, and what is thought of them."""

    one: int
    other: int
    judgement: judging.Judgement


_work: tuple = ()


def find(people: Sequence[Plain], cores: int | None = None, tell: Callable[[float], None] | None = None) -> list[Found]:
    """Every two who are the same or should be asked about, the surest first. `tell` hears how far it is (0 to 1)."""
    with without_collecting():
        rows = blocking.rows(people)
        blocks = blocking.blocks(rows, blocking.numbers(rows))
        return search(people, blocks, learn(people, blocks), cores, tell)


def learn(people: Sequence[Plain], blocks: blocking.Blocks) -> Weights:
    """What every agreement is worth among these people."""
    weights = Weights.among(people)
    sample = islice(blocking.pairs(blocks, 0, max(1, len(people) // CANDIDATES)), CANDIDATES)
    weights.follow(_nearest(people[one], people[other]) for one, other in sample)
    return weights


def search(people: Sequence[Plain], blocks: blocking.Blocks, weights: Weights, cores: int | None = None,
           tell: Callable[[float], None] | None = None) -> list[Found]:
    """The same as `find`, with what was prepared before. Raises RuntimeError when the system ends one of the helpers.

    Those share this process's people by being forked from it: with many people, call it from a process without
    threads (see `among`).
    """
    global _work
    cores = cores or os.cpu_count() or 1
    _work = (people, blocks, weights)
    try:
        found = _by_processes(cores, tell) if len(people) >= WORTH_A_PROCESS and cores > 1 else _share((0, 1))
    finally:
        _work = ()
    found = list({(each.one, each.other): each for each in found}.values())
    found += through(people, found)
    return sorted(found, key=lambda each: (-each.judgement.score, each.one, each.other))


@contextmanager
def without_collecting() -> Iterator[None]:
    """Without looking for circles of references: here are none, and going through a million people takes long."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def _by_processes(cores: int, tell: Callable[[float], None] | None) -> list[Found]:
    found, shares = [], cores * SHARES
    with ProcessPoolExecutor(cores, multiprocessing.get_context("fork")) as pool:
        parts = [pool.submit(_share, (share, shares)) for share in range(shares)]
        for done, part in enumerate(as_completed(parts), 1):
            found += part.result()
            if tell:
                tell(done / shares)
    return found


def _share(part: tuple[int, int]) -> list[Found]:
    people, blocks, weights = _work
    found = []
    for one, other in blocking.pairs(blocks, *part):
        judgement = look(weights, people[one], people[other])
        if judgement:
            found.append(Found(one, other, judgement))
    return found


def through(people: Sequence[Plain], found: list[Found]) -> list[Found]:
    """Who else may be one because a third is both: to be asked about, as sure as the weakest link between them."""
    circle: dict[int, set[int]] = {}
    for each in found:
        if each.judgement.level == judging.SAME:
            joined = circle.get(each.one, {each.one}) | circle.get(each.other, {each.other})
            circle.update(dict.fromkeys(joined, joined))
    known = {(each.one, each.other) for each in found}
    more: dict[tuple[int, int], Found] = {}
    for each in found:
        ones, others = circle.get(each.one, {each.one}), circle.get(each.other, {each.other})
        if len(ones) * len(others) > LARGEST_CIRCLE**2:
            continue
        for one, other in ((min(pair), max(pair)) for pair in product(ones, others)):
            if one != other and (one, other) not in known and (one, other) not in more:
                levels = comparing.compare(*_nearest(people[one], people[other]))
                score = min(each.judgement.score, judging.SAME_FROM)
                more[one, other] = Found(one, other, judging.Judgement(judging.ASK, score, levels, [0.0] * len(levels)))
    return list(more.values())


def look(weights: Weights, one: Plain, other: Plain) -> judging.Judgement | None:
    """What is thought of two people who may be one; None of two who are different."""
    one, other = _nearest(one, other)
    levels = comparing.themselves(one, other)
    allowed = judging.by_themselves(*levels)
    if allowed == judging.DIFFERENT or allowed == judging.REACHED and not comparing.reached_alike(one, other):
        return None
    levels += comparing.reached(one, other)
    judgement = judging.judge(weights.start, levels, weights.weigh(one, levels))
    return judgement if judgement.level != judging.DIFFERENT else None


def _nearest(one: Plain, other: Plain) -> tuple[Plain, Plain]:
    return comparing.closest(one, other) if one.older or other.older else (one, other)


def why(judgement: judging.Judgement) -> list[dict]:
    """The judgement field by field, the weightiest first: {"field", "level", "bits"}."""
    said = [
        {"field": field, "level": comparing.LEVELS[level], "bits": round(bits, 1)}
        for field, level, bits in zip(comparing.COMPARED, judgement.levels, judgement.bits, strict=True) if level
    ]
    return sorted(said, key=lambda each: -abs(each["bits"]))
