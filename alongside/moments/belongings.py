"""What the room holds of a person: moods, moments, what they had, notes; each a belonging of its own."""

from django.utils.translation import gettext_lazy as _

from alongside.moments.models import Had, Moment, Mood, Note
from alongside.people.belongings import DELETE, Belonging, Item, Kind, Told, register, retell

BATCH = 1000


class OfOneKind(Belonging):
    """All that is noted in one table. A member's words are `told`, the rest they saw: `observed`."""

    def __init__(self, model, name: str, label, label_for_them, provenance: str, order: int):
        self.model, self.name, self.label, self.label_for_them = model, name, label, label_for_them
        self.provenance, self.order = provenance, order
        self.kinds = (Kind(name, label),)

    def held(self, person_ids):
        """Each as a line, the oldest first."""
        return [Told(what=str(self.their_label), value=row.in_words, at=row.at, provenance=self.provenance,
                     by=row.by.name if row.by else "") for row in self._theirs(person_ids)]

    def export(self, person_ids):
        """Each, whole."""
        return [{"kind": self.model.NAME, "words": row.in_words, "at": row.at.isoformat(), "visit": row.visit,
                 "provenance": self.provenance, "by": row.by.name if row.by else None}
                for row in self._theirs(person_ids)]

    def erase(self, person_ids, how):
        """Remove it; anonymised, a mood or a kind of moment stays without any words."""
        theirs = self.model.objects.filter(person_id__in=person_ids)
        if how == DELETE or self.model in (Had, Note):
            return _removed(theirs)
        return theirs.exclude(words="").update(words="") if self.model is Moment else 0

    def since(self, person_ids, moment):
        """What was noted after `moment`."""
        return [Item(row.id, row.in_words[:120], row.at) for row in self._theirs(person_ids).filter(at__gt=moment)]

    def move(self, ids, person_id):
        """Give those rows to another person."""
        retell("moments.", self.model.NAME, ids, person_id)
        return self.model.objects.filter(id__in=ids).update(person_id=person_id)

    def expired(self, kind, before):
        """How many are older than that."""
        return self.model.objects.filter(at__lt=before).count()

    def discard(self, kind, before):
        """Remove those, a batch at a time."""
        gone = 0
        while ids := list(self.model.objects.filter(at__lt=before).values_list("id", flat=True)[:BATCH]):
            gone += _removed(self.model.objects.filter(id__in=ids))
        return gone

    def _theirs(self, person_ids):
        return self.model.objects.filter(person_id__in=person_ids).order_by("at", "id").select_related("by")


def _removed(rows) -> int:
    return rows.delete()[1].get(rows.model._meta.label, 0)


register(OfOneKind(Mood, "moods", _("Moods"), _("How you seemed"), "observed", 52))
register(OfOneKind(Moment, "moments", _("Moments"), _("Small kindnesses"), "observed", 51))
register(OfOneKind(Had, "had", _("What they had"), _("What you had"), "observed", 50))
register(OfOneKind(Note, "person_notes", _("Notes about them"), _("Notes about you"), "told", 53))
