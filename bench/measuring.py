"""Figures: percentiles, tables, processor share and memory of processes."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0..1) of `values` lie, by nearest rank. `values` must not be empty."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


@dataclass
class Row:
    """One measured line: milliseconds of each request, and what else is worth a column."""

    name: str
    samples: list[float]
    notes: dict = field(default_factory=dict)

    def figures(self) -> dict:
        """p50, p95 and largest in milliseconds, the count, and the notes."""
        return {
            "name": self.name,
            "n": len(self.samples),
            "p50_ms": round(statistics.median(self.samples), 2),
            "p95_ms": round(percentile(self.samples, 0.95), 2),
            "max_ms": round(max(self.samples), 2),
            **self.notes,
        }


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that `work()` takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def interleaved(
    works: dict[str, Callable[[], object]], *, rounds: int = 3, each: int = 70, warm: int = 20
) -> list[Row]:
    """Time several pieces of work in turn, so that a noisy moment falls on all of them alike."""
    for work in works.values():
        for _ in range(warm):
            work()
    rows = {name: Row(name, []) for name in works}
    medians: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            samples = [timed(work) for _ in range(each)]
            rows[name].samples += samples
            medians[name].append(percentile(samples, 0.95))
    for name, row in rows.items():
        row.notes["p95 by round"] = "–".join(f"{value:.1f}" for value in (min(medians[name]), max(medians[name])))
    return list(rows.values())


def pss_megabytes(pid: int) -> float:
    """Proportional set size of a process in MB, from /proc. Raises OSError when it cannot be read."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise OSError("no Pss line")


def cpu_seconds(pid: int) -> float:
    """Processor seconds that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """One line that names the machine the figures were taken on."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}, {platform.system()}"


def show(rows: list[Row], as_json: bool = False) -> None:
    """Print the rows as a table, or as JSON lines."""
    if as_json:
        print(json.dumps({"machine": machine(), "rows": [row.figures() for row in rows]}))
        return
    print(machine())
    for row in rows:
        figures = row.figures()
        rest = "  ".join(f"{k}={v}" for k, v in figures.items() if k not in ("name", "p50_ms", "p95_ms", "n", "max_ms"))
        print(
            f"{row.name:<34} n={figures['n']:<5} p50={figures['p50_ms']:>8.2f} ms  p95={figures['p95_ms']:>8.2f} ms"
            f"  max={figures['max_ms']:>8.2f} ms  {rest}"
        )
