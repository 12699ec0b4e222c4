"""Who is looking at or typing in what, right now. Kept for seconds, so it need not survive a crash."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.db.models.functions import Now

from alongside.live.models.hints import changed

BEAT_SECONDS = 10  # how often a page says that it is still there
GONE_SECONDS = 22  # two beats missed, and a little for the way

LOOKING, TYPING = "looking", "typing"
STATES = (LOOKING, TYPING)


class Presence(models.Model):
    """One open page (`tab`) of one person at one topic. Unlogged: docs/decisions/0006-presence-is-unlogged.md."""

    topic = models.CharField(max_length=120, db_collation="C")
    person_id = models.BigIntegerField()
    tab = models.CharField(max_length=40, db_collation="C")
    state = models.CharField(max_length=10, choices=[(state, state) for state in STATES])
    seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "person_id", "tab"], name="presence_once")]

    def __str__(self):
        return f"{self.person_id} {self.state} at {self.topic}"


@dataclass(frozen=True)
class Here:
    """Someone who is at a topic: whose id, and whether looking or typing."""

    person_id: int
    state: str


def living():
    """The pages that spoke lately enough to count."""
    return Presence.objects.filter(seen_at__gt=Now() - timedelta(seconds=GONE_SECONDS))


def arrive(topic: str, person_id: int, state: str = LOOKING, tab: str = "") -> None:
    """Say that this person is at `topic`; call it every BEAT_SECONDS. Tells `here:<topic>` when that is news."""
    if state not in STATES:
        raise ValueError(f"{state} is not one of {STATES}")
    page = Presence(topic=topic, person_id=person_id, tab=tab[:40], state=state, seen_at=Now())
    with transaction.atomic():
        before = here(topic)
        Presence.objects.bulk_create(
            [page],
            update_conflicts=True,
            unique_fields=["topic", "person_id", "tab"],
            update_fields=["state", "seen_at"],
        )
        if here(topic) != before:
            changed(f"here:{topic}")


def leave(topic: str, person_id: int, tab: str = "") -> None:
    """Say that this page of this person is no longer at `topic`."""
    with transaction.atomic():
        if Presence.objects.filter(topic=topic, person_id=person_id, tab=tab[:40]).delete()[0]:
            changed(f"here:{topic}")


def here(topic: str) -> list[Here]:
    """Who is at `topic` now, each person once, typing before looking, in order of their ids."""
    states: dict[int, str] = {}
    for person_id, state in living().filter(topic=topic).order_by("person_id").values_list("person_id", "state"):
        states[person_id] = TYPING if TYPING in (state, states.get(person_id)) else state
    return [Here(person_id, state) for person_id, state in states.items()]


def sweep() -> int:
    """Forget pages that fell silent, and tell their topics. Returns how many."""
    silent = Presence.objects.filter(seen_at__lt=Now() - timedelta(seconds=GONE_SECONDS))
    with transaction.atomic():
        rows = list(silent.select_for_update(skip_locked=True).values_list("id", "topic"))
        Presence.objects.filter(id__in=[id for id, _topic in rows]).delete()
        for topic in sorted({topic for _id, topic in rows}):
            changed(f"here:{topic}")
    return len(rows)
