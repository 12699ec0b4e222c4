"""The same questions asked of a second house in turn, so that a machine's quick and slow moments fall on both."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable


class Beside:
    """A process that measures in another data folder, one question at a time (`alongside bench … --answer`)."""

    def __init__(self, scenario: str, folder: str, options: list[str]):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "alongside.cli", "bench", scenario, "--answer", *options],
            env=os.environ | {"ALONGSIDE_HOME": folder}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        if self._process.stdout.readline() != "ready\n":
            raise RuntimeError(f"The house in {folder} cannot be measured.")

    def ask(self, kind: str, number: int) -> float | None:
        """Milliseconds of that question there; None where that house has no such question."""
        print(kind, number, sep="\t", file=self._process.stdin, flush=True)
        said = self._process.stdout.readline().strip()
        return float(said) if said else None

    def close(self) -> None:
        """End it."""
        self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(30)
        self._process.kill()


def answer(measure: Callable[[str, int], float | None]) -> None:
    """Be that process: measure what is asked for on standard input, until it ends."""
    print("ready", flush=True)
    for line in sys.stdin:
        kind, _, number = line.rstrip("\n").partition("\t")
        took = measure(kind, int(number))
        print("" if took is None else took, flush=True)
