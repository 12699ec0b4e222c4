"""Matching as a child process does it: a file of people in, pairs of ids out, and what was learnt on the way."""

import csv
from array import array
from itertools import groupby
from operator import itemgetter

from alongside.lib.matching import blocking, finding, numbers
from alongside.lib.matching.judging import ASK_FROM
from alongside.lib.matching.plain import Plain, plain
from alongside.lib.matching.weighing import Weights


def look(path: str, keys_path: str, most: int = 50_000, cores: int | None = None) -> dict:
    """Look among everyone in a table that may say several things of one id (a second phone) in several rows in a row.

    Returns `pairs`: the surest `most` ({"one", "other", "level", "score", "why"}), `learnt`: a `weighing.Learnt`, and
    `common`: (number of a value, share of everyone). Writes everyone's keys to `keys_path`, as COPY takes them.
    """
    ids, people = _read(path)
    columns = blocking.numbers(people)
    _write_keys(keys_path, ids, people, columns)
    blocking.cut(columns, people)
    weights = finding.learn(people, columns)
    return {"pairs": _pairs(ids, finding.search(people, columns, weights, cores), most),
            "learnt": weights.learnt, "common": _common(weights)}


def _read(path: str) -> tuple[list[int], list[Plain]]:
    with open(path, encoding="utf-8", newline="") as file:
        ids, people = [], []
        for row in csv.DictReader(file):
            ids.append(int(row["id"]))
            people.append(plain(row))
    return ids, people


def _write_keys(path: str, ids: list[int], people: list[Plain], columns: list[array]) -> None:
    with open(path, "w", encoding="ascii") as file:
        for id, together in groupby(range(len(ids)), key=ids.__getitem__):
            places = list(together)
            keys = ",".join(map(str, blocking.kept(columns, people, places)))
            file.write(f"{id}\t{{{keys}}}\t{numbers.of_records(people[at] for at in places)}\n")


def _pairs(ids: list[int], found: list[finding.Found], most: int) -> list[dict]:
    best: dict[tuple[int, int], dict] = {}
    for each in found:
        pair = min(ids[each.one], ids[each.other]), max(ids[each.one], ids[each.other])
        if pair[0] != pair[1] and pair not in best and each.judgement.score >= ASK_FROM:
            best[pair] = {"one": pair[0], "other": pair[1], "level": each.judgement.level,
                          "score": round(each.judgement.score, 1), "why": finding.why(each.judgement)}
            if len(best) >= most:
                break
    return sorted(best.values(), key=itemgetter("score"), reverse=True)


def _common(weights: Weights) -> list[tuple[int, float]]:
    return [(numbers.of_value(field, value), share)
            for field, said in enumerate(weights.common) for value, share in said.items()]
