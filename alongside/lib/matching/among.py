"""Matching as a child process does it: a file of people in, pairs of ids out, and what was learnt on the way."""

import csv
from array import array
from collections.abc import Iterable
from operator import itemgetter

from alongside.lib.matching import blocking, finding, numbers
from alongside.lib.matching.judging import ASK_FROM
from alongside.lib.matching.plain import Plain, plain
from alongside.lib.matching.weighing import Weights


def look(path: str, keys_path: str, most: int = 50_000, cores: int | None = None) -> dict:
    """Look among everyone in a table whose further rows of one id say what else is known of them.

    Returns `pairs`: the surest `most` ({"one", "other", "level", "score", "why"}), `learnt`: a `weighing.Learnt`, and
    `common`: (number of a value, share of everyone). Writes everyone's keys to `keys_path`, as COPY takes them.
    """
    with finding.without_collecting():
        with open(path, encoding="utf-8", newline="") as file:
            ids, people = read(csv.reader(file))
        rows = blocking.rows(people)
        columns = blocking.numbers(rows)
        _write_keys(keys_path, ids, people, rows, columns)
        blocks = blocking.blocks(rows, columns)
        weights = finding.learn(people, blocks)
        return {"pairs": _surest(ids, finding.search(people, blocks, weights, cores), most),
                "learnt": weights.learnt, "common": _common(weights)}


def read(table: Iterable[list[str]]) -> tuple[list[int], list[Plain]]:
    """Ids and people in rows of which the first names the columns. Rows of one id follow one another."""
    table = iter(table)
    names = next(table)
    ids: list[int] = []
    people: list[Plain] = []
    for cells in table:
        row = dict(zip(names, cells, strict=True))
        id, one = int(row["id"]), plain(row)
        if ids and ids[-1] == id:
            people[-1] = people[-1]._replace(older=(*people[-1].older, one))
        else:
            ids.append(id)
            people.append(one)
    return ids, people


def _write_keys(path: str, ids: list[int], people: list[Plain], rows: blocking.Rows, columns: list[array]) -> None:
    with open(path, "w", encoding="ascii") as file:
        for id, person, keys in zip(ids, people, blocking.kept(rows, columns), strict=True):
            file.write(f"{id}\t{{{','.join(map(str, keys))}}}\t{numbers.of_person(person)}\n")


def _surest(ids: list[int], found: list[finding.Found], most: int) -> list[dict]:
    sure = [each for each in found if each.judgement.score >= ASK_FROM][:most]
    told = [
        {"one": min(ids[each.one], ids[each.other]), "other": max(ids[each.one], ids[each.other]),
         "level": each.judgement.level, "score": round(each.judgement.score, 1), "why": finding.why(each.judgement)}
        for each in sure
    ]
    return sorted(told, key=itemgetter("score"), reverse=True)


def _common(weights: Weights) -> list[tuple[int, float]]:
    return [(numbers.of_value(field, value), share)
            for field, said in enumerate(weights.common) for value, share in said.items()]
