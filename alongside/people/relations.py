"""How people belong together, read from one of them: whole clusters, each bond in their own direction."""

from dataclasses import dataclass

from django.db.models import Q

from alongside.people.models import RELATIONS, Person, Relation

BACK = ":back"  # after a kind: it is the other who is that to the one from whom it is seen


@dataclass(frozen=True)
class Bond:
    """One relation as `person`'s card shows it: what they are to `other`, who is shown as they stand now."""

    relation: Relation
    other: Person
    kind: object


def belongs_with(person: Person) -> list[Bond]:
    """Everyone with whom they belong now, each bond once however often the records of one person say it."""
    bonds, ids = {}, person.cluster_ids
    known = Relation.objects.of(person).select_related("one__merged_into", "other__merged_into").order_by("since", "id")
    for relation in known:
        forth = relation.one_id in ids
        other = (relation.other if forth else relation.one).standing()
        if other.pk not in ids:
            kind = RELATIONS[relation.kind][0 if forth else 1]
            bonds.setdefault((other.pk, str(kind)), Bond(relation, other, kind))
    return list(bonds.values())


def same_bonds(relation: Relation, person: Person) -> list[Relation]:
    """`relation` and whatever says the same of the same two under another of their records."""
    other = relation.other if relation.one_id in person.cluster_ids else relation.one
    mine, theirs = person.cluster_ids, other.standing().cluster_ids
    between = Q(one__in=mine, other__in=theirs) | Q(one__in=theirs, other__in=mine)
    return list(Relation.objects.filter(between, kind=relation.kind, until=None).select_related("one", "other"))


def choices() -> list[tuple[str, object]]:
    """Every kind as seen from one of the two; those that read differently from the other end stand twice."""
    found = []
    for kind, (forth, back) in RELATIONS.items():
        found.append((kind, forth))
        if str(forth) != str(back):
            found.append((kind + BACK, back))
    return found


def tie(person: Person, other: Person, choice: str, *, by: Person, words: str = "") -> Relation:
    """Write down what `person` is to `other`, as `choices` names it. Raises KeyError."""
    kind = choice.removesuffix(BACK)
    one, second = (other, person) if choice.endswith(BACK) else (person, other)
    return Relation.tie(one, second, kind, by=by, words=words)
