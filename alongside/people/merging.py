"""Making two records one person, and two again: a row names both, and what was said of either stays as it was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.events.models import record
from alongside.live.models import changed
from alongside.people import belongings
from alongside.people.models import Merging, Person, lock_person
from alongside.people.models.suggestion import LIST
from alongside.people.renewing import once, renew

FIELDS = {"called": _("Likes to be called"), "full_name": _("Whole name"), "what_matters": _("What matters"),
          "born": _("Born on"), "zone": _("Time zone"), "language": _("Language")}
SAME, BOTH_SERVE, KINDS_DIFFER, WORLDS_DIFFER = "same", "both_serve", "kinds_differ", "worlds_differ"
KEPT, TAKEN = "kept", "taken"


class CannotMerge(Exception):
    """They cannot be one: `reason` is SAME, BOTH_SERVE, KINDS_DIFFER or WORLDS_DIFFER (one belongs to the demo)."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class NotMerged(Exception):
    """That merging was undone already."""


@dataclass(frozen=True)
class Conflict:
    """A field in which both say something different. Whichever is not chosen stays with its own record."""

    field: str
    label: object
    kept: object
    taken: object


@dataclass(frozen=True)
class Later:
    """Something that was recorded after the merging under the one who was kept: whose is it?"""

    belonging: str
    label: object
    item: belongings.Item


def conflicts(kept: Person, taken: Person) -> list[Conflict]:
    """Every field in which the two differ, both saying something."""
    pairs = ((name, label, getattr(kept, name), getattr(taken, name)) for name, label in FIELDS.items())
    return [Conflict(name, label, one, other) for name, label, one, other in pairs if one and other and one != other]


def beyond(kept: Person, taken: Person) -> list[belongings.Difference]:
    """Every contradiction in what rooms above hold of the two."""
    return [each for room in belongings.every() for each in room.differing(kept.cluster_ids, taken.cluster_ids)]


def ordered(one: Person, other: Person) -> tuple[Person, Person]:
    """Who is kept and who is taken: whoever serves is kept, else whom we have known longer."""
    one, other = one.standing(), other.standing()
    if hasattr(other, "member") and not hasattr(one, "member"):
        return other, one
    if hasattr(one, "member") and not hasattr(other, "member"):
        return one, other
    return (one, other) if (one.since, one.id) <= (other.since, other.id) else (other, one)


def merge(kept: Person, taken: Person, *, by: Person | None, why: str = "",
          choices: Mapping[str, str] | None = None) -> Merging:
    """Show `taken` as `kept` from now on. `choices` says by field whose value is shown (KEPT unless TAKEN), and so by
    the `choice` of what is `beyond` the fields.

    A field that only `taken` fills is shown with theirs. Records `people.merged`. Raises CannotMerge.
    """
    with once():
        kept, taken = _locked(kept, taken)
        chosen = {
            name: getattr(taken, name) for name in FIELDS
            if getattr(taken, name) and (not getattr(kept, name) or (choices or {}).get(name) == TAKEN)
            and getattr(taken, name) != getattr(kept, name)
        }
        before = {name: _plain(getattr(kept, name)) for name in chosen}
        for name, value in chosen.items():
            setattr(kept, name, value)
        if chosen:
            kept.save(update_fields=list(chosen))
        merging = Merging.objects.create(kept=kept, taken=taken, by=by, why=why.strip()[:500], before=before,
                                         written={name: _plain(value) for name, value in chosen.items()})
        theirs = {name for name, side in (choices or {}).items() if side == TAKEN}
        for room in belongings.every():
            room.merged(kept.cluster_ids, taken.cluster_ids, theirs, merging.at)
        Person.objects.filter(merged_into=taken).update(merged_into=kept)
        Person.objects.filter(pk=taken.pk).update(merged_into=kept)
        renew([kept.pk, taken.pk])
        changed(f"person:{kept.pk}")
        changed(LIST)
        record("people.merged", by=by, subject=kept, data={"merging": merging.id, "taken": taken.id})
    return merging


def later(merging: Merging) -> list[Later]:
    """What was recorded since under whoever is shown, so that nobody but a member knows whose it is."""
    kept = merging.kept.standing()
    ids = [id for id in kept.cluster_ids if id not in _below(merging.taken)]
    return [
        Later(belonging.name, belonging.label, item)
        for belonging in belongings.every() for item in belonging.since(ids, merging.at)
    ]


def unmerge(merging: Merging, *, by: Person, theirs: Mapping[str, list[int]] | None = None) -> Person:
    """Two again: what was recorded before goes back by itself, for it never moved. Returns who was taken.

    `theirs` gives, by belonging, the ids among `later(merging)` that belong to the one who was taken. A field that was
    shown from them goes back, unless someone changed it since. Records `people.unmerged` for both. Raises NotMerged.
    """
    with once():
        merging = Merging.objects.select_for_update().get(pk=merging.pk)
        if merging.undone_at:
            raise NotMerged
        kept = Person.objects.select_for_update().get(pk=merging.kept_id)
        asked = {(each.belonging, each.item.id) for each in later(merging)}
        for name, ids in (theirs or {}).items():
            belonging = belongings.named(name)
            if belonging:
                belonging.move([id for id in ids if (name, id) in asked], merging.taken_id)
        back = {name: value for name, value in merging.before.items()
                if _plain(getattr(kept, name)) == merging.written.get(name)}
        for name, value in back.items():
            setattr(kept, name, date.fromisoformat(value) if name == "born" and value else value)
        if back:
            kept.save(update_fields=list(back))
        merging.undone_at, merging.undone_by = timezone.now(), by
        merging.save(update_fields=["undone_at", "undone_by"])
        below = _below(merging.taken)
        Person.objects.filter(pk=merging.taken_id).update(merged_into=None)
        Person.objects.filter(pk__in=below - {merging.taken_id}).update(merged_into=merging.taken_id)
        remaining = list(kept.standing().cluster_ids)
        for room in belongings.every():
            room.parted(remaining, sorted(below), merging.at)
        renew([kept.pk, merging.taken_id])
        for subject, other in ((kept, merging.taken_id), (merging.taken, kept.pk)):
            changed(f"person:{subject.pk}")
            record("people.unmerged", by=by, subject=subject, data={"merging": merging.id, "other": other})
    return Person.objects.get(pk=merging.taken_id)


def why_not(kept: Person, taken: Person) -> str:
    """Why these two, as they stand, cannot be one: a reason as CannotMerge has it, "" where they can."""
    if kept.pk == taken.pk:
        return SAME
    if hasattr(taken, "member"):
        return BOTH_SERVE
    if kept.kind != taken.kind:
        return KINDS_DIFFER
    return WORLDS_DIFFER if kept.demo != taken.demo else ""


def standing_mergings(person: Person) -> list[Merging]:
    """The mergings by which somebody is shown as `person` now, the latest first."""
    if len(person.cluster_ids) == 1:
        return []
    return list(Merging.objects.filter(kept__in=person.cluster_ids, undone_at=None)
                .select_related("kept", "taken", "by").order_by("-at", "-id"))


def _locked(kept: Person, taken: Person) -> tuple[Person, Person]:
    """Both as they stand, held until the transaction ends, in one order whoever asks."""
    kept, taken = kept.standing(), taken.standing()
    if kept.pk == taken.pk:
        raise CannotMerge(SAME)
    for id in sorted((kept.pk, taken.pk)):
        lock_person(id)
    rows = Person.objects.select_for_update(of=("self",)).in_bulk([kept.pk, taken.pk])
    kept, taken = rows[kept.pk], rows[taken.pk]
    if kept.merged_into_id or taken.merged_into_id:
        return _locked(kept, taken)
    if reason := why_not(kept, taken):
        raise CannotMerge(reason)
    return kept, taken


def _below(person: Person) -> set[int]:
    """The person and everyone merged into them, directly or by another, by the mergings that stand."""
    found, fresh = {person.pk}, {person.pk}
    while fresh:
        standing = Merging.objects.filter(kept__in=fresh, undone_at=None)
        fresh = set(standing.values_list("taken_id", flat=True)) - found
        found |= fresh
    return found


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value
