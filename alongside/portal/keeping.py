"""How long each kind of record is kept: what somebody decided, what would go, and letting it go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alongside.events.models import record
from alongside.people import belongings
from alongside.people.models import Person
from alongside.portal.models import Retention

MOST_DAYS = 36_500


@dataclass(frozen=True)
class Line:
    """One kind, and how long it is kept; `days` None is until somebody decides. `name` is "room.kind"."""

    belonging: belongings.Belonging
    kind: belongings.Kind
    days: int | None

    @property
    def name(self) -> str:
        """What it is called where it is decided."""
        return name_of(self.belonging, self.kind)

    @property
    def before(self):
        """What is older than this goes."""
        return timezone.now() - timedelta(days=self.days or 0)

    def count(self) -> int:
        """How many would go now."""
        return self.belonging.expired(self.kind.id, self.before) if self.days else 0

    def discard(self) -> int:
        """Let them go. Returns how many went."""
        return self.belonging.discard(self.kind.id, self.before) if self.days else 0


def name_of(belonging: belongings.Belonging, kind: belongings.Kind) -> str:
    """A kind's name among those of all rooms."""
    return f"{belonging.name}.{kind.id}"


def lines(asked: Mapping[str, int | None] | None = None) -> list[Line]:
    """Every kind with the days that hold, or with those that are `asked` about."""
    decided = dict(Retention.objects.values_list("kind", "days")) | dict(asked or {})
    return [Line(belonging, kind, decided.get(name_of(belonging, kind), kind.default_days))
            for belonging, kind in _kinds()]


def decide(days: Mapping[str, int | None], *, by: Person) -> None:
    """Keep each kind so long from now on. Records `portal.retention_decided` with what changed."""
    before = {line.name: line.days for line in lines()}
    changed = {name: days[name] for name in before if name in days and days[name] != before[name]}
    with transaction.atomic():
        for name, value in changed.items():
            Retention.objects.update_or_create(kind=name, defaults={"days": value})
        if changed:
            record("portal.retention_decided", by=by, data={"days": changed})


def apply() -> dict[str, int]:
    """Let everything go that is kept no longer; how many of each kind. Rooms keep what is still open."""
    gone = {line.name: line.discard() for line in lines()}
    gone = {name: count for name, count in gone.items() if count}
    if gone:
        record("portal.retention_applied", data={"gone": gone})
    return gone


def _kinds() -> Iterator[tuple[belongings.Belonging, belongings.Kind]]:
    for belonging in belongings.every():
        for kind in belonging.kinds:
            yield belonging, kind
