"""What this room itself holds of people: their card, how they are reached, where they live, with whom they belong."""

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.belongings import Belonging, Item, Told, register, retell
from alongside.people.card_words import line_in_words
from alongside.people.models import (
    RELATIONS,
    Address,
    Identity,
    MatchingKeys,
    Merging,
    NameKey,
    Person,
    Relation,
    Suggestion,
)
from alongside.people.renewing import renew


class Cards(Belonging):
    """Names, birthday, zone, language and what matters: the columns of a person."""

    name, label, order, shown_in_merging = "card", gettext_lazy("Card"), 10, False
    columns = ("called", "full_name", "what_matters", "zone", "language", "born")

    def held(self, person_ids):
        """As it stands now, the oldest first."""
        labels = {"called": _("Likes to be called"), "full_name": _("Whole name"), "what_matters": _("What matters"),
                  "zone": _("Time zone"), "language": _("Language"), "born": _("Born on")}
        return [
            Told(labels[name], line_in_words(name, getattr(person, name)), person.since, "told")
            for person in _people(person_ids) for name in self.columns if getattr(person, name)
        ]

    def export(self, person_ids):
        """Each row whole."""
        return [
            {"id": person.id, "kind": person.kind, "since": person.since.isoformat(),
             **{name: str(getattr(person, name) or "") for name in self.columns}}
            for person in _people(person_ids)
        ]

    def erase(self, person_ids, how):
        """Both ways the row stays, with nothing in it: the ledger names it by its number."""
        Suggestion.objects.filter(Q(one__in=person_ids) | Q(other__in=person_ids)).delete()
        NameKey.objects.filter(person__in=person_ids).delete()
        involved = Q(kept__in=person_ids) | Q(taken__in=person_ids)
        Merging.objects.filter(involved).update(before={}, written={}, why="")
        emptied = Person.objects.filter(pk__in=person_ids).update(
            called="", full_name="", sort_key="", what_matters="", zone="", language="", born=None)
        MatchingKeys.objects.filter(person__in=person_ids).delete()
        renew(person_ids)
        return emptied


class Identities(Belonging):
    """Mail addresses, phones, cards and whatever else says who they are."""

    name, label, order, shown_in_merging = "identities", gettext_lazy("Reached at"), 12, False

    def held(self, person_ids):
        """As it stands now, the oldest first."""
        return [Told(str(identity.get_kind_display()), identity.value, identity.added_at, identity.provenance)
                for identity in _rows(Identity, person_ids)]

    def export(self, person_ids):
        """Each row whole."""
        return [
            {"kind": one.kind, "value": one.value, "provenance": one.provenance, "preferred": one.preferred,
             "verified_at": one.verified_at.isoformat() if one.verified_at else None,
             "added_at": one.added_at.isoformat()}
            for one in _rows(Identity, person_ids)
        ]

    def erase(self, person_ids, how):
        """They go either way: they say who it was."""
        return Identity.objects.filter(person__in=person_ids).delete()[0]

    def since(self, person_ids, moment):
        """Those written down after `moment`."""
        return [Item(one.id, one.value, one.added_at) for one in _rows(Identity, person_ids) if one.added_at > moment]

    def move(self, ids, person_id):
        """Those that the other has already go, since one address stands on one record once."""
        retell("people.identity_", "identity", ids, person_id)
        moved = 0
        for one in Identity.objects.filter(pk__in=ids):
            if Identity.objects.filter(person=person_id, kind=one.kind, key=one.key).exists():
                one.delete()
            else:
                moved += Identity.objects.filter(pk=one.pk).update(person=person_id)
        return moved


class Addresses(Belonging):
    """Where they live or work."""

    name, label, order, shown_in_merging = "addresses", gettext_lazy("Where they live"), 14, False

    def held(self, person_ids):
        """As it stands now, the oldest first."""
        return [Told(_("Address"), str(one), one.added_at, one.provenance) for one in _rows(Address, person_ids)]

    def export(self, person_ids):
        """Each row whole."""
        return [
            {"street": one.street, "postcode": one.postcode, "city": one.city, "country": one.country,
             "provenance": one.provenance, "added_at": one.added_at.isoformat()}
            for one in _rows(Address, person_ids)
        ]

    def erase(self, person_ids, how):
        """They go either way: they say who it was."""
        return Address.objects.filter(person__in=person_ids).delete()[0]

    def since(self, person_ids, moment):
        """Those written down after `moment`."""
        return [Item(one.id, str(one), one.added_at) for one in _rows(Address, person_ids) if one.added_at > moment]

    def move(self, ids, person_id):
        """Give them to another person."""
        retell("people.address_", "address", ids, person_id)
        return Address.objects.filter(pk__in=ids).update(person=person_id)


class Relations(Belonging):
    """With whom they belong. The other's name is told as it stands on the card."""

    name, label, order, shown_in_merging = "relations", gettext_lazy("Belongs with"), 16, False

    def held(self, person_ids):
        """As it stands now, the oldest first."""
        return [Told(str(self._kind(one, person_ids)), self._other(one, person_ids).name, one.since, "told",
                     one.by.name if one.by else "", {"words": one.words} if one.words else {})
                for one in self._of(person_ids)]

    def export(self, person_ids):
        """Each row whole."""
        return [
            {"kind": one.kind, "is": str(self._kind(one, person_ids)), "with": self._other(one, person_ids).name,
             "words": one.words, "since": one.since.isoformat(), "until": one.until.isoformat() if one.until else None}
            for one in self._of(person_ids)
        ]

    def erase(self, person_ids, how):
        """Both ways: whoever belongs with somebody tells who that is."""
        return self._of(person_ids).delete()[0]

    def since(self, person_ids, moment):
        """Those written down after `moment`."""
        return [
            Item(one.id, f"{self._kind(one, person_ids)} {self._other(one, person_ids).name}", one.since)
            for one in self._of(person_ids).filter(since__gt=moment)
        ]

    def move(self, ids, person_id):
        """The end that hangs on a record of the same cluster goes over; one that would be doubled stays as it was."""
        kept = set(Merging.objects.filter(taken=person_id).order_by("-at").values_list("kept", flat=True)[:1])
        cluster = {id for person in Person.objects.filter(pk__in=kept) for id in person.standing().cluster_ids}
        moved = 0
        for one in Relation.objects.filter(pk__in=ids):
            end = "one" if one.one_id in cluster else "other"
            changed = {"one": one.one_id, "other": one.other_id} | {end: person_id}
            doubled = Relation.objects.filter(**changed, kind=one.kind, until=None).exists()
            if changed["one"] != changed["other"] and not doubled:
                retell("people.", "relation", [one.pk], person_id)
                moved += Relation.objects.filter(pk=one.pk).update(**changed)
        return moved

    def _of(self, person_ids):
        related = Relation.objects.filter(Q(one__in=person_ids) | Q(other__in=person_ids)).exclude(one=F("other"))
        return related.order_by("since", "id")

    def _kind(self, one: Relation, person_ids):
        return RELATIONS[one.kind][0 if one.one_id in person_ids else 1]

    def _other(self, one: Relation, person_ids) -> Person:
        return (one.other if one.one_id in person_ids else one.one).standing()


def _people(person_ids):
    return Person.objects.filter(pk__in=person_ids).order_by("since", "id")


def _rows(model, person_ids):
    return model.objects.filter(person__in=person_ids).order_by("added_at", "id")


for _belonging in (Cards(), Identities(), Addresses(), Relations()):
    register(_belonging)
