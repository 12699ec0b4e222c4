"""What the room holds of a person: what they objected to, and who looked at their card."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.belongings import Belonging, Item, Kind, Told, register, retell
from alongside.people.models import CardOpening
from alongside.portal.models import Objection

BATCH = 1000


class Objections(Belonging):
    """Objections, in their own words."""

    name, label, order = "objections", gettext_lazy("What you objected to"), 80

    def held(self, person_ids):
        """Each with its words."""
        return [Told(what=each.what, value=each.words, at=each.at, provenance="told", how=_("You wrote it"))
                for each in self._of(person_ids)]

    def export(self, person_ids):
        """Each whole."""
        return [{"what": each.what, "words": each.words, "at": each.at.isoformat()} for each in self._of(person_ids)]

    def erase(self, person_ids, how):
        """They go either way: they say who it was."""
        return Objection.objects.filter(person__in=person_ids).delete()[0]

    def since(self, person_ids, moment):
        """Those made after `moment`."""
        return [Item(each.id, each.what, each.at) for each in self._of(person_ids) if each.at > moment]

    def move(self, ids, person_id):
        """Give them to another person."""
        retell("people.objected", "objection", ids, person_id)
        return Objection.objects.filter(id__in=ids).update(person_id=person_id)

    def _of(self, person_ids):
        return Objection.objects.filter(person__in=person_ids).select_related("person").order_by("at", "id")


class Openings(Belonging):
    """Who opened their card, and when."""

    name, label, order = "openings", gettext_lazy("Who looked at your card"), 90
    shown_in_merging = False
    kinds = (Kind("openings", gettext_lazy("Who opened a card, and when"), 365),)

    def export(self, person_ids):
        """Who and when."""
        found = CardOpening.objects.filter(person__in=person_ids).select_related("by").order_by("at", "id")
        return [{"by": each.by.name, "at": each.at.isoformat()} for each in found]

    def erase(self, person_ids, how):
        """They go either way."""
        return CardOpening.objects.filter(person__in=person_ids).delete()[0]

    def expired(self, kind, before):
        """How many are older."""
        return CardOpening.objects.filter(at__lt=before).count()

    def discard(self, kind, before):
        """Remove them, a batch at a time."""
        gone = 0
        while ids := list(CardOpening.objects.filter(at__lt=before).values_list("id", flat=True)[:BATCH]):
            gone += CardOpening.objects.filter(id__in=ids).delete()[0]
        return gone


register(Objections())
register(Openings())
