"""What the room holds of a person: their visits."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.live.models import changed
from alongside.people.belongings import DELETE, Belonging, Item, Kind, Told, register, retell
from alongside.visits.models import Visit, topic_of

BATCH = 1000


class Visits(Belonging):
    """Every visit: where, from when to when, and who welcomed them."""

    name, label, order = "visits", gettext_lazy("Visits"), 40
    label_for_them = gettext_lazy("Your visits")
    kinds = (Kind("visits", gettext_lazy("Visits")),)

    def held(self, person_ids):
        """Each visit as a line, the oldest first."""
        return [
            Told(what=str(visit.get_kind_display()), value=visit.location.name if visit.location else "",
                 at=visit.began_at, provenance="observed", by=visit.by.name if visit.by else "")
            for visit in self._theirs(person_ids)
        ]

    def export(self, person_ids):
        """Each visit, whole."""
        return [
            {"kind": visit.kind, "location": visit.location.name if visit.location else None,
             "began_at": visit.began_at.isoformat(), "provenance": "observed",
             "ended_at": visit.ended_at.isoformat() if visit.ended_at else None,
             "by": visit.by.name if visit.by else None}
            for visit in self._theirs(person_ids)
        ]

    def erase(self, person_ids, how):
        """Remove them; anonymised they stay, for they hold no words and no name."""
        for place in set(self._theirs(person_ids).filter(ended_at=None).values_list("location_id", flat=True)):
            changed(topic_of(place))
        if how != DELETE:
            return 0
        return Visit.objects.filter(person_id__in=person_ids).delete()[1].get("visits.Visit", 0)

    def since(self, person_ids, moment):
        """The visits after `moment`."""
        return [Item(visit.id, _("Visit"), visit.began_at)
                for visit in self._theirs(person_ids).filter(began_at__gt=moment)]

    def move(self, ids, person_id):
        """Give visits to another person; one that is still open ends, as they can be here only once."""
        open_there = Visit.objects.filter(person_id=person_id, ended_at=None).exists()
        for visit in Visit.objects.filter(id__in=ids, ended_at=None) if open_there else ():
            visit.leave(by=None)
        retell("visits.", "visit", ids, person_id)
        return Visit.objects.filter(id__in=ids).update(person_id=person_id)

    def expired(self, kind, before):
        """How many began before that."""
        return Visit.objects.filter(began_at__lt=before).count()

    def discard(self, kind, before):
        """Remove those, a batch at a time."""
        gone = 0
        while ids := list(Visit.objects.filter(began_at__lt=before).values_list("id", flat=True)[:BATCH]):
            gone += Visit.objects.filter(id__in=ids).delete()[1].get("visits.Visit", 0)
        return gone

    def _theirs(self, person_ids):
        theirs = Visit.objects.filter(person_id__in=person_ids).order_by("began_at", "id")
        return theirs.select_related("location", "by")


register(Visits())
