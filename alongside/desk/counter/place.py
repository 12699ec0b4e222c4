"""Where a member stands: at which location, or on the phone or out on site; and whether customers see the screen."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from alongside.members.models import Location, Organisation
from alongside.members.zones import zone_of
from alongside.visits.models import COUNTER, PHONE, SITE, topic_of

ELSEWHERE = (PHONE, SITE)


@dataclass(frozen=True)
class Place:
    """Where visits begin that this member opens."""

    kind: str
    location: Location | None

    @property
    def id(self) -> str:
        """What a form sends for it."""
        return str(self.location.pk) if self.location else self.kind

    @property
    def name(self) -> str:
        """How it is called."""
        if self.kind == PHONE:
            return _("On the phone")
        if self.kind == SITE:
            return _("On site")
        return self.location.name if self.location else _("Counter")

    @property
    def topic(self) -> str:
        """The live topic of who is there."""
        return topic_of(self.location.pk if self.location else None)

    @property
    def zone(self) -> ZoneInfo:
        """By whose clock one is greeted there."""
        return zone_of(self.location.zone if self.location else "") or zone_of(Organisation.ours().zone, "UTC")


def places(principal) -> list[Place]:
    """Every place that can be chosen: the locations, else the one counter; the phone, and on site."""
    standing = Location.objects.visible_to(principal).standing()
    counters = [Place(COUNTER, location) for location in standing] or [Place(COUNTER, None)]
    return [*counters, *(Place(kind, None) for kind in ELSEWHERE)]


def place_of(request) -> Place:
    """Where this member said they stand; the first place until they said so."""
    every = places(request.principal)
    return next((place for place in every if place.id == request.session.get("counter_place")), every[0])


def stand_at(request, place_id: str) -> None:
    """Stand there from now on, on this device."""
    if any(place.id == place_id for place in places(request.principal)):
        request.session["counter_place"] = place_id


def is_seen(request) -> bool:
    """Whether customers can see this screen."""
    return bool(request.session.get("counter_seen"))


def be_seen(request, seen: bool) -> None:
    """Remember for this device whether customers can see it."""
    request.session["counter_seen"] = seen
