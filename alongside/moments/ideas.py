"""What could be done for this person now: fitting their mood, and not done for them lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.moments.kinds import KINDS, MomentKind


@dataclass(frozen=True)
class Idea:
    """A kindness that could be done, and when it was last done for them (None: never)."""

    kind: MomentKind
    last: datetime | None


def ideas(last_done: Mapping[str, datetime], mood: str | None, now: datetime, most: int = 3) -> list[Idea]:
    """Up to `most` kindnesses: what fits the mood first, then what was never done, then what is longest ago.

    `last_done` says by kind when it was last done for them. What was done within its rest is not offered, and what is
    meant for moods of another sort waits until it fits.
    """
    fresh = [
        (kind, last_done.get(kind.id)) for kind in KINDS
        if kind.id not in last_done or last_done[kind.id] <= now - timedelta(days=kind.rests)
    ]
    fitting = [(kind, last) for kind, last in fresh if not kind.fits or mood is None or mood in kind.fits]
    ordered = sorted(fitting, key=lambda pair: (
        not (mood is not None and mood in pair[0].fits), pair[1] is not None, pair[1].timestamp() if pair[1] else 0.0))
    return [Idea(kind, last) for kind, last in ordered[:most]]
