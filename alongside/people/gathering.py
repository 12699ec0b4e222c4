"""Gathers for people as they are shown what is written under whoever was merged into them, in two queries."""

from collections import defaultdict
from collections.abc import Iterable

from alongside.people.models import Identity, Person


def gather(people: Iterable[Person], clusters: dict[int, list[int]] | None = None) -> list[Person]:
    """The same people, each with the ids of their cluster and every identity of it, each address once.

    `clusters`: those ids by person, their own first, where they are known already.
    """
    people = list(people)
    clusters = clusters or _clusters(people)
    heads = {id: head for head, ids in clusters.items() for id in ids}
    reached = defaultdict(dict)
    for identity in Identity.objects.filter(person_id__in=list(heads)).order_by("id"):
        reached[heads[identity.person_id]].setdefault((identity.kind, identity.key), identity)
    for person in people:
        person._cluster_ids = clusters[person.pk]
        found = Identity.objects.filter(person_id__in=clusters[person.pk])
        found._result_cache, found._prefetch_done = list(reached[person.pk].values()), True
        person._prefetched_objects_cache = {**getattr(person, "_prefetched_objects_cache", {}), "identities": found}
    return people


def _clusters(people: list[Person]) -> dict[int, list[int]]:
    clusters = {person.pk: [person.pk] for person in people}
    merged = Person.objects.filter(merged_into_id__in=list(clusters)).order_by("id").values_list("merged_into_id", "id")
    for head, id in merged:
        clusters[head].append(id)
    return clusters
