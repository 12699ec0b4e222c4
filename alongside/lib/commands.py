"""What every command of the shell uses: how it fails, and how long work shows that it goes on."""

import sys
import time


class Failed(Exception):
    """The command could not do its work; the text says why and what to do. Shown without a traceback, exit code 1."""


def counted(count: int, one: str, many: str) -> str:
    """A number with its word: "1 pair", "2,000 pairs"."""
    return f"{count:,} {one if count == 1 else many}"


class Progress:
    """A line such as `Writing the database  34.1 MB`, renewed at most ten times a second."""

    def __init__(self, what: str, total: int = 0):
        self.what, self.total, self.done = what, total, 0
        self._shown_at = 0.0
        self._seen = sys.stderr.isatty()

    def advance(self, amount: int) -> None:
        """So many bytes more."""
        self.done += amount
        now = time.monotonic()
        if self._seen and now - self._shown_at > 0.1:
            self._shown_at = now
            self._show("")

    def finish(self) -> None:
        """The last state stays on the terminal."""
        if self._seen:
            self._show("\n")

    def _show(self, end: str) -> None:
        share = f"  {min(100, self.done * 100 // self.total)} %" if self.total else ""
        print(f"\r{self.what}  {size(self.done)}{share}  ", end=end, file=sys.stderr, flush=True)


def size(amount: float) -> str:
    """A number of bytes for people: 34.1 MB."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"
