"""How often one key may ask: a bucket of requests that fills again, for each key in each process."""

from alongside.api.problems import Problem
from alongside.lib.buckets import Buckets, Empty

PER_MINUTE, BURST = 600, 300

_buckets = Buckets(per_minute=PER_MINUTE, burst=BURST)


def take(key_id: int, now: float | None = None) -> dict[str, str]:
    """Take one request from the key's bucket; the headers that say how many are left. Raises the problem 429."""
    try:
        return _headers(_buckets.take(key_id, now))
    except Empty as empty:
        headers = {"Retry-After": str(empty.wait), **_headers(0)}
        raise Problem(429, detail="Ask again a little later.", headers=headers) from None


def _headers(left: int) -> dict[str, str]:
    return {"RateLimit-Limit": str(BURST), "RateLimit-Remaining": str(left), "RateLimit-Policy": f"{BURST};w=30"}
