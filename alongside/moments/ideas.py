"""What could be done for this person now: fitting their mood, and not done for them lately."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alongside.moments.models import Idea, MomentKind


@dataclass(frozen=True)
class Done:
    """When something was last done for somebody, by the key of its kind and by the id of its idea."""

    kinds: Mapping[str, datetime] = field(default_factory=dict)
    ideas: Mapping[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """An idea that fits, and when its kind was last done for them (None: never)."""

    idea: Idea
    kind: MomentKind
    last: datetime | None


def propose(kinds: Iterable[MomentKind], done: Done, mood: str | None, now: datetime, most: int = 3) -> list[Proposal]:
    """Up to `most` of `kinds` (as offered), each with one idea: what is meant for the mood first, then what was never
    done, then what is longest ago.

    What was done within its rest is not proposed, and what is meant for moods of another sort waits until it fits.
    """
    found = []
    for kind in kinds:
        last = done.kinds.get(kind.key)
        fitting = [idea for idea in kind.fresh_ideas if not idea.fits or mood is None or mood in idea.fits]
        if fitting and (last is None or last <= now - timedelta(days=kind.rests)):
            idea = min(fitting, key=lambda idea: _rank(idea, done.ideas.get(idea.pk), mood))
            found.append(Proposal(idea, kind, last))
    return sorted(found, key=lambda each: _rank(each.idea, each.last, mood))[:most]


def _rank(idea: Idea, last: datetime | None, mood: str | None) -> tuple:
    """What comes first: meant for the mood, never done, done longest ago."""
    meant = mood is not None and mood in idea.fits
    return not meant, last is not None, last.timestamp() if last else 0.0
