"""Whether one person is written down already: asked of those alone who share a key with them, soon after they changed.

A few look-ups by key, however many others are known. What an agreement is worth was learnt at night (`looking`).
"""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now

from alongside.lib.matching import blocking, finding, numbers
from alongside.lib.matching.plain import Plain
from alongside.lib.matching.weighing import USUAL, Learnt, Weights, usual, value
from alongside.people.duplicates import records
from alongside.people.duplicates.keeping import keep, one_at_a_time
from alongside.people.models import CommonValue, LearntWeights, MatchingKeys, Person, Suggestion

MOST = 200  # whom one person is compared with: those who share the most keys with them
FEWEST = 1_000  # people one imagines before anyone was counted
GROWN = 2  # times as many as were counted; then that they are more counts at once

_SHARING = """
SELECT wanted.key, ARRAY(SELECT person_id FROM people_matchingkeys
                         WHERE keys @> (wanted.key || %s::integer[]) AND person_id <> %s LIMIT %s)
FROM unnest(%s::integer[]) wanted(key)"""


def check(person_id: int) -> None:
    """Look for other records of whoever stands for that person now, and keep what was found as suggestions.

    Whoever did not change since they were last looked at is not looked at again.
    """
    person = Person.objects.select_related("merged_into").filter(pk=person_id).first()
    head = person and person.standing()
    if head is None:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        one_at_a_time()
        ours = records.of([head.pk], head.demo).get(head.pk)
        if _note(head, ours):
            _compare(cursor, head, ours)


def _note(head: Person, ours: Plain | None) -> bool:
    """Keep the keys of `head` and of nobody who was merged into them. False when nothing changed since."""
    MatchingKeys.objects.filter(person__in=head.cluster_ids[1:]).delete()
    if ours is None or not any(ours):
        MatchingKeys.objects.filter(person=head).delete()
        Suggestion.objects.of(head).filter(decision="").delete()
        return False
    told = numbers.of_person(ours)
    if MatchingKeys.objects.filter(person=head, told=told).exists():
        return False
    keys = blocking.kept_of(ours)
    MatchingKeys.objects.bulk_create([MatchingKeys(person=head, keys=keys, told=told, at=Now())], update_conflicts=True,
                                     unique_fields=["person"], update_fields=["keys", "told", "at"])
    return True


def _compare(cursor, head: Person, ours: Plain) -> None:
    """Judge `head` and each of those who share a key with them, or were suggested before."""
    held = Suggestion.objects.of(head)
    before = {id for pair in held.values_list("one", "other") for id in pair}
    theirs = records.of({*_sharing(cursor, head.pk, ours), *before} - {head.pk}, head.demo)
    weights = _weights(head.demo, ours) if theirs else None
    found = []
    for id, other in sorted(theirs.items()):
        judgement = finding.look(weights, ours, other)
        if judgement:
            found.append({"one": min(id, head.pk), "other": max(id, head.pk), "level": judgement.level,
                          "score": round(judgement.score, 1), "why": finding.why(judgement)})
    if found or before:
        keep(found, held.exclude(_through_a_third(held)), head.cluster_ids)


def _through_a_third(held) -> Q:
    """Those for whom nothing speaks but that a third is both: only a look at everyone tells when that is over."""
    return Q(pk__in=[each.pk for each in held if not any(said["bits"] for said in each.why)])


def _sharing(cursor, person_id: int, ours: Plain) -> list[int]:
    """The ids of up to MOST who share a key with somebody, those who share the most first.

    A key that too many have counts only together with what cuts a block, as it does at night.
    """
    cut = blocking.kept_cut(ours)
    keys = set(blocking.kept_of(ours)) - {cut}
    cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
    found = _by_key(cursor, keys, [], person_id)
    large = [key for key, ids in found.items() if len(ids) >= blocking.LARGEST]
    found |= _by_key(cursor, large, [cut], person_id) if large and cut is not None else {}
    cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL jit = on")
    times = Counter(id for ids in found.values() if len(ids) < blocking.LARGEST for id in ids)
    return sorted(times, key=lambda id: (-times[id], id))[:MOST]


def _by_key(cursor, keys: Iterable[int], beside: list[int], person_id: int) -> dict[int, list[int]]:
    """By key who else has it, and all of `beside`; no more than make a block too large."""
    cursor.execute(_SHARING, [beside, person_id, blocking.LARGEST, list(keys)])
    return dict(cursor.fetchall())


def _weights(demo: bool, ours: Plain) -> Weights:
    """What agreements are worth as of the last look at everyone; before the first, what is usual."""
    common: list[dict[str, float]] = [{} for _field in USUAL]
    held, size = LearntWeights.objects.filter(demo=demo).first(), _about_how_many()
    if held is None:
        return Weights(usual(max(FEWEST, size)), common)
    said = {numbers.of_value(field, text): (field, text)
            for each in (ours, *ours.older) for field in USUAL if (text := value(each, field))}
    for number, share in CommonValue.objects.filter(demo=demo, number__in=said).values_list("number", "share"):
        field, text = said[number]
        common[field][text] = share
    size = size if size > GROWN * held.size else held.size
    return Weights(Learnt(size, held.matched, held.strangers), common)


def _about_how_many() -> int:
    """How many people there are, as the database estimates it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'people_person'::regclass")
        return int(cursor.fetchone()[0])
