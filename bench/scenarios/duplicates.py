"""The nightly look for people written down twice, beside a COPY of the same rows and a bare count of the pairs."""

import tempfile
import threading
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from django.db import connection

from alongside.lib import child
from alongside.people.duplicates import looking, records
from alongside.people.jobs import look_for_duplicates
from alongside.people.models import Person, Suggestion
from bench import people
from bench.measuring import Row, pss_megabytes
from bench.scenarios import world

COPY = """COPY (SELECT p.id, p.full_name, p.called, p.born, i.kind, i.value, a.street, a.postcode, a.city
 FROM people_person p LEFT JOIN people_identity i ON i.person_id = p.id
 LEFT JOIN people_address a ON a.person_id = p.id) TO STDOUT"""
LOOK_EVERY = 1.0  # seconds


def run(options) -> list[Row]:
    """The whole job as it runs at night, its first part by itself, and both raw limits; once a round."""
    if options.people > Person.objects.count():
        people.load_twice(options.people - Person.objects.count())
    if not Person.objects.exists():
        raise world.NotLoaded
    rows = [Row(name, []) for name in (
        "raw COPY of the same rows", "writing them down as a table", "raw count of pairs that share a key",
        "the whole job")]
    for _ in range(options.rounds):
        for row, work in zip(rows, (_copied, _written, _counted, _looked), strict=True):
            _measure(row, work)
    return rows


def _measure(row: Row, work) -> None:
    """Run `work`, noting seconds by the clock and of all processors, and the most memory of us and our children."""
    with _Memory() as memory:
        began, used = time.perf_counter(), _processor()
        notes = work()
        row.samples.append((time.perf_counter() - began) * 1000)
        row.notes |= {"cpu_s": round(_processor() - used, 1), **notes}
    row.notes["peak_mb"] = round(memory.peak)


def _copied() -> dict:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        return {"mb": round(sum(len(part) for part in copy) / 1e6)}


def _written() -> dict:
    with tempfile.TemporaryDirectory() as folder:
        return {"people": records.write(Path(folder) / "people.csv", demo=False)}


def _counted() -> dict:
    pool = child.Pool(size=1)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "people.csv"
            records.write(path, demo=False)
            return {"pairs": pool.call("bench.counting_pairs.pairs_in", str(path), limits=looking.LIMITS)}
    finally:
        pool.close()


def _looked() -> dict:
    look_for_duplicates()
    return {"suggestions": Suggestion.objects.open().count()}


def _processor() -> float:
    """Seconds of user and system time of this process and of all children that ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


class _Memory:
    """The most that this process and all below it held at once, in MB, looked at now and then."""

    def __enter__(self):
        self.peak, self._done = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while True:
            self.peak = max(self.peak, sum(map(_held, _family())))
            if self._done.wait(LOOK_EVERY):
                return


def _family() -> list[str]:
    """The numbers of this process and of everyone below it."""
    found = ["self"]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found += task.read_text().split()
            except OSError:
                continue
    return found


def _held(pid: str) -> float:
    try:
        return pss_megabytes(pid)
    except OSError:
        return 0.0
