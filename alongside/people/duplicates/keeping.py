"""Keeps what looking found as suggestions: what was decided stays decided, and what is no longer likely goes."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from alongside.live.models import changed
from alongside.people.models import Merging, Person, Relation, Suggestion
from alongside.people.models.suggestion import DIFFERENT, LIST

TOLD_AT_ONCE = 100  # a screen that lies open hears of it; after a night nobody needs thousands of hints


def keep(found: Iterable[dict], looked_at: QuerySet, ids: Iterable[int] | None = None) -> None:
    """Keep what was found among `looked_at`: suggestions that go where they are undecided and not found again.

    `ids`: whom it was about, where that is not everyone.
    """
    known_apart = apart(ids)
    fresh = {(each["one"], each["other"]): each for each in found if (each["one"], each["other"]) not in known_apart}
    with transaction.atomic():
        one_at_a_time()
        held = dict(((one, other), (id, decision)) for id, one, other, decision
                    in looked_at.values_list("id", "one", "other", "decision"))
        gone = [pair for pair, (_id, decision) in held.items() if not decision and pair not in fresh]
        Suggestion.objects.filter(pk__in=[held[pair][0] for pair in gone]).delete()
        here = set(Person.objects.filter(pk__in={id for pair in fresh for id in pair}).values_list("pk", flat=True))
        Suggestion.objects.bulk_create(
            [Suggestion(one_id=one, other_id=other, score=each["score"], level=each["level"], why=each["why"])
             for (one, other), each in fresh.items() if one in here and other in here],
            batch_size=1_000, update_conflicts=True, unique_fields=["one", "other"],
            update_fields=["score", "level", "why"],
        )
        told = here.union(*gone) & set().union(*gone, *(fresh.keys() - held.keys()))
        for id in sorted(told)[:TOLD_AT_ONCE]:
            changed(f"person:{id}")
        if told:
            changed(LIST)


def one_at_a_time() -> None:
    """Hold others who look until the transaction ends, so that of two who are met at once one sees the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7002, 0)")


def apart(ids: Iterable[int] | None = None) -> set[tuple[int, int]]:
    """Whoever is known to be two people, as pairs in order of those who stand for them; of `ids`, or all.

    Somebody's relation is another person, and so is whoever was said to be one by a member, or was parted again.
    """
    found = set()
    for rows, one, other in ((Relation.objects.filter(until=None), "one", "other"),
                             (Suggestion.objects.filter(decision=DIFFERENT), "one", "other"),
                             (Merging.objects.exclude(undone_at=None), "kept", "taken")):
        if ids is not None:
            rows = rows.filter(Q(**{f"{one}__in": ids}) | Q(**{f"{other}__in": ids}))
        heads = rows.values_list(Coalesce(f"{one}__merged_into", one), Coalesce(f"{other}__merged_into", other))
        found |= {(min(pair), max(pair)) for pair in heads}
    return found
