"""How a visit stands on a person's timeline: one line from coming in to leaving."""

from django.utils.translation import gettext as _

from alongside.people.timeline import Entry, draws
from alongside.visits.models import PHONE, SITE, Visit

_ICONS = {PHONE: "phone", SITE: "building"}


@draws("visits.began")
def draw_visits(events, principal) -> dict[int, Entry]:
    """That they came: context `visit`. One that was taken back leaves no line."""
    wanted = {event.data.get("visit"): event for event in events}
    seen = Visit.objects.visible_to(principal).filter(id__in=[id for id in wanted if id])
    return {
        wanted[visit.id].id: Entry(
            at=visit.began_at, icon=_ICONS.get(visit.kind, "counter"), label=_("Visit"),
            template="visits/timeline_entry.html", context={"visit": visit},
        )
        for visit in seen.select_related("location", "by")
    }
