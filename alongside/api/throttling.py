"""How often one key may ask: a bucket of requests that fills again, for each key in each process."""

import time

from alongside.api.problems import Problem

PER_MINUTE, BURST = 600, 300
MOST_KEYS = 10_000

_buckets: dict[int, tuple[float, float]] = {}  # key id → (requests left, when that was so)


def take(key_id: int, now: float | None = None) -> dict[str, str]:
    """Take one request from the key's bucket; the headers that say how many are left. Raises the problem 429."""
    now = time.monotonic() if now is None else now
    if len(_buckets) > MOST_KEYS:
        _buckets.clear()
    left, then = _buckets.get(key_id, (BURST, now))
    left = min(BURST, left + (now - then) * PER_MINUTE / 60)
    if left < 1:
        wait = str(int((1 - left) * 60 / PER_MINUTE) + 1)
        raise Problem(429, detail="Ask again a little later.", headers={"Retry-After": wait, **_headers(0)})
    _buckets[key_id] = (left - 1, now)
    return _headers(int(left - 1))


def _headers(left: int) -> dict[str, str]:
    return {"RateLimit-Limit": str(BURST), "RateLimit-Remaining": str(left), "RateLimit-Policy": f"{BURST};w=30"}
