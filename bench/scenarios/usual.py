"""How often the usual is the true one, after a few visits of seeded regulars; no database is asked."""

from alongside.moments.trying import try_usual
from bench.measuring import Row, timed

SEED, PEOPLE = 20, 10_000
VISITS = (1, 2, 3, 5, 10, 20)


def run(_asked) -> list[Row]:
    """One line for each number of visits: how many of all were right, and milliseconds of all of them."""
    rows = []
    for visits in VISITS:
        tried = []
        took = timed(lambda visits=visits, tried=tried: tried.append(
            try_usual(seed=SEED, people=PEOPLE, visits=visits)))
        notes = {"right": tried[0].right, "of": tried[0].of, "share": round(tried[0].share, 4)}
        rows.append(Row(f"usual after {visits} visits", [took], notes))
    return rows
