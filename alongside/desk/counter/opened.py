"""Somebody stands here: what to greet them with, what to know, what to do, and what was noted just now."""

from dataclasses import dataclass, field
from datetime import datetime

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.look.times import reader_locale
from alongside.members.models import Organisation, TheirMember
from alongside.members.zones import zone_of
from alongside.moments.ideas import Done, Proposal, propose
from alongside.moments.models import ALL, Had, Moment, MomentKind, Mood, Noted
from alongside.moments.moods import NEED_MORE
from alongside.moments.usual import Usual
from alongside.people import panels
from alongside.people.models import Person
from alongside.visits.models import Visit

# Panels of the card that this screen shows in its own words, or that are not for somebody who stands here.
NOT_HERE = frozenset({"moments/panel.html", "members/their_member.html", "portal/_panel.html"})
ASKING = "people/asking.html"  # is asked at the beginning, above what is known


@dataclass(frozen=True)
class Opened:
    """One visit with everything that its screen shows."""

    visit: Visit
    person: Person
    greeting: str
    clock: str
    last_at: datetime | None
    usual: Usual | None
    has_usual: bool
    mood: Mood | None
    last_mood: Mood | None
    kinds: list[MomentKind]
    ideas: list[Proposal]
    member: object
    asking: list
    panels: list
    noted: list[Noted] = field(default_factory=list)
    common: list[str] = field(default_factory=list)

    @property
    def needs_more(self) -> bool:
        """Whether they came in so that they should get more today, not less."""
        return self.mood is not None and self.mood.mood in NEED_MORE


def opened(visit: Visit, principal, now: datetime | None = None) -> Opened:
    """What the screen of `visit` shows to `principal`."""
    person, now = visit.whose, now or timezone.now()
    noted = _noted(visit)
    moods = [row for row in noted if isinstance(row, Mood)]
    mood = moods[-1] if moods else None
    earlier = Visit.objects.of(person).exclude(pk=visit.pk).filter(began_at__lt=visit.began_at).first()
    there, kinds = now.astimezone(_zone(visit)), list(MomentKind.objects.offered())
    shown = panels.of(person, principal)
    return Opened(
        visit=visit, person=person, greeting=greeting(there.hour), clock=_clock(there),
        last_at=earlier.began_at if earlier else None, usual=Had.usual_of(person, besides_visit=visit.pk),
        has_usual=any(isinstance(row, Had) and row.usual for row in noted), mood=mood,
        last_mood=Mood.objects.of(person).exclude(visit=visit.pk).select_related("by").first(),
        kinds=kinds, ideas=propose(kinds, Done(*Moment.done_for(person)), mood.mood if mood else None, now),
        member=TheirMember.of(person),
        asking=[panel for panel in shown if panel.template == ASKING],
        panels=[panel for panel in shown if panel.template not in NOT_HERE | {ASKING}],
        noted=noted, common=Had.objects.common_at(visit.location),
    )


def greeting(hour: int) -> str:
    """How one is greeted at that hour of the place's clock."""
    if 4 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")


def _zone(visit: Visit):
    own = visit.location.zone if visit.location else ""
    return zone_of(own) or zone_of(Organisation.ours().zone, "UTC")


def _clock(there: datetime) -> str:
    """Weekday and hour of the place, as the reader's language writes them: "Tuesday, 7:51"."""
    day = format_date(there.date(), "EEEE", locale=reader_locale())
    return f"{day}, {format_time(there.time(), 'short', locale=reader_locale()).removeprefix('0')}"


def _noted(visit: Visit) -> list[Noted]:
    """Everything that was noted at this visit, in order."""
    rows = [row for model in ALL for row in model.objects.filter(visit=visit.pk).select_related("by")]
    return sorted(rows, key=lambda row: (row.at, row.pk))
