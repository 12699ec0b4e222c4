"""How often somebody may do something: a bucket each, of so many at once, that fills again; kept in this process."""

import math
import time

MOST_KEPT = 10_000


class Empty(Exception):
    """There is nothing left in the bucket; `wait` is in how many seconds there is."""

    def __init__(self, wait: int):
        super().__init__(wait)
        self.wait = wait


class Buckets:
    """One bucket for each key: `burst` at once, and `per_minute` that come again."""

    def __init__(self, *, per_minute: int, burst: int):
        self.per_minute, self.burst = per_minute, burst
        self._kept: dict[object, tuple[float, float]] = {}  # key → (how many are left, when that was so)

    def take(self, key, now: float | None = None) -> int:
        """Take one out of the bucket of `key`; how many are left. `now` is in monotonic seconds. Raises Empty."""
        now = time.monotonic() if now is None else now
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
        left, then = self._kept.get(key, (self.burst, now))
        left = min(self.burst, left + (now - then) * self.per_minute / 60)
        if left < 1:
            raise Empty(math.floor((1 - left) * 60 / self.per_minute) + 1)
        self._kept[key] = (left - 1, now)
        return int(left - 1)

    def clear(self) -> None:
        """Fill them all."""
        self._kept.clear()
