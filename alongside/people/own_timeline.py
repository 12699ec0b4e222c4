"""What this room itself draws on a timeline: two records became one or two again, and how people belong together."""

from collections.abc import Iterable

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from alongside.lib.principal import Principal
from alongside.people.models import RELATIONS, Merging, Person, Relation, theirs
from alongside.people.timeline import Entry, draws


@draws("people.merged", "people.unmerged")
def draw_mergings(events, principal: Principal) -> dict[int, Entry]:
    """Context `merging` (kept, taken), `parted`, `by`, and `can_part` where the one who looks can undo it.

    Both records have a line in the ledger that they were parted; where they are one again it stands once.
    """
    seen = Merging.objects.filter(_seen_by(principal, "kept", "taken")).select_related("kept", "taken")
    mergings, entries, drawn = seen.in_bulk(_ids(events, "merging")), {}, set()
    _name(side for merging in mergings.values() for side in (merging.kept, merging.taken))
    for event in events:
        merging, parted = mergings.get(event.data.get("merging")), event.kind == "people.unmerged"
        if merging is None or (merging.pk, parted) in drawn:
            continue
        drawn.add((merging.pk, parted))
        entries[event.id] = Entry(
            at=event.at, icon="split" if parted else "merge",
            label=_("Two people again") if parted else _("Two records became one"),
            template="people/timeline_merging.html",
            context={"merging": merging, "parted": parted, "by": event.actor,
                     "can_part": principal.serves and not parted and merging.undone_at is None})
    return entries


@draws("people.related", "people.unrelated")
def draw_relations(events, principal: Principal) -> dict[int, Entry]:
    """Context `bond` in words as the person whose line it is says it, `other` as they stand now, `ended`, `by`."""
    seen = Relation.objects.filter(_seen_by(principal, "one", "other"))
    both = seen.select_related("one__merged_into", "other__merged_into")
    relations, entries, drawn = both.in_bulk(_ids(events, "relation")), {}, set()
    _name(side.standing() for relation in relations.values() for side in (relation.one, relation.other))
    for event in events:
        relation, ended = relations.get(event.data.get("relation")), event.kind == "people.unrelated"
        if relation is None or (relation.pk, ended) in drawn:
            continue
        drawn.add((relation.pk, ended))
        forth = relation.one_id == event.subject_id
        other = (relation.other if forth else relation.one).standing()
        entries[event.id] = Entry(
            at=event.at, icon="building" if other.kind == "organisation" else "people",
            label=_("Belongs with no longer") if ended else _("Belongs with"), template="people/timeline_relation.html",
            context={"relation": relation, "bond": RELATIONS[relation.kind][0 if forth else 1], "other": other,
                     "ended": ended, "by": event.actor})
    return entries


def _ids(events, name: str) -> set[int]:
    return {event.data.get(name) for event in events} - {None}


def _seen_by(principal: Principal, one: str, other: str) -> Q:
    """Members see how anyone hangs together; a person sees with whom they do."""
    if principal.serves:
        return Q()
    mine = principal.person_id if principal.kind == "person" else None
    return theirs(mine, one) | theirs(mine, other) if mine else Q(pk=None)


def _name(people: Iterable[Person]) -> None:
    """Whoever has no name is shown by an address; they are asked for together."""
    if nameless := [person for person in people if not person.name]:
        prefetch_related_objects(nameless, "identities")
