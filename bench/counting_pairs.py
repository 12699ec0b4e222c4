"""What looking for duplicates would cost if comparing were free: a child process counts the pairs, and that is all."""

import csv

from alongside.lib.matching import among, blocking, finding


def pairs_in(path: str) -> int:
    """How many two are worth comparing in a table of people, as `people.duplicates.records` writes it."""
    with finding.without_collecting(), open(path, encoding="utf-8", newline="") as file:
        _ids, people = among.read(csv.reader(file))
        rows = blocking.rows(people)
        return sum(1 for _ in blocking.pairs(blocking.blocks(rows, blocking.numbers(rows))))
