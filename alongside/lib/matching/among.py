"""Matching as a child process does it: a file of people in, pairs of ids out."""

import csv
from operator import itemgetter

from alongside.lib.matching import finding
from alongside.lib.matching.judging import ASK_FROM
from alongside.lib.matching.plain import plain


def found_in(path: str, most: int = 50_000, cores: int | None = None) -> list[dict]:
    """The surest `most` pairs in a table that may say several things of one id (a second phone) in several rows."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        ids, people = [], []
        for row in rows:
            ids.append(int(row["id"]))
            people.append(plain(row))
    best: dict[tuple[int, int], dict] = {}
    for each in finding.find(people, cores):
        pair = min(ids[each.one], ids[each.other]), max(ids[each.one], ids[each.other])
        if pair[0] != pair[1] and pair not in best and each.judgement.score >= ASK_FROM:
            best[pair] = {"one": pair[0], "other": pair[1], "level": each.judgement.level,
                          "score": round(each.judgement.score, 1), "why": finding.why(each.judgement)}
            if len(best) >= most:
                break
    return sorted(best.values(), key=itemgetter("score"), reverse=True)
