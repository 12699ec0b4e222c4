"""Makes by what people are recognised from what we know of them: of those whom a transaction changed, or of all."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import islice

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save

from alongside.lib.commands import counted
from alongside.lib.names import LONGEST, as_heard, deletion_keys, is_heard, words_of
from alongside.lib.prepared import fetch
from alongside.lib.sounding import sounds
from alongside.people.models import EMAIL, PHONE, Address, Identity, KnownWord, Person, RecognitionKeys, identity_key
from alongside.people.renewing import renew

GRAM = 4  # figures of a phone number that are one key
STRETCH = 5_000
_KINDS = frozenset((EMAIL, PHONE))  # identities of other kinds make no keys: they are looked up whole
_TELLING = {
    Person: frozenset(("called", "full_name", "born", "merged_into")),
    Identity: frozenset(("person", "kind", "value")),
    Address: frozenset(("person", "street", "postcode", "city")),
}
_ASCII = re.compile("[a-z0-9]+")
_NO_LETTERS = re.compile(r"[\d\W_]+")
_STREET = re.compile("(strasse|str)$")

# By head, everything that anyone of the cluster is known by, and the keys that they have.
_KNOWN = """
SELECT head.id, array_remove(array_agg(p.called || ' ' || p.full_name), ' '), array_remove(array_agg(p.born), NULL),
  (SELECT array_agg(i.kind || ':' || i.value) FROM people_identity i WHERE i.person_id = ANY(array_agg(p.id))),
  (SELECT array_agg(a.street || ' ' || a.postcode || ' ' || a.city) FROM people_address a
   WHERE a.person_id = ANY(array_agg(p.id))),
  (SELECT tsvector_to_array(k.keys) FROM people_recognitionkeys k WHERE k.person_id = head.id)
FROM people_person head JOIN people_person p ON p.id = head.id OR p.merged_into_id = head.id
WHERE head.id = ANY(%(ids)s) AND head.merged_into_id IS NULL GROUP BY head.id"""
_HEADS = "SELECT merged_into_id FROM people_person WHERE id = ANY(%(ids)s)"
# Whoever makes the same keys waits here for the other, and then sees what the other wrote.
_HELD = """
SELECT person_id, tsvector_to_array(keys) FROM people_recognitionkeys WHERE person_id = ANY(%(ids)s)
ORDER BY person_id FOR NO KEY UPDATE"""
_TOLD = "SELECT kind, word FROM people_knownword WHERE kind IN ('n', 'a') AND word = ANY(%(words)s)"
_WRITE = """
INSERT INTO people_recognitionkeys (person_id, keys)
SELECT new.id, new.keys::tsvector FROM unnest(%(ids)s::bigint[], %(keys)s::text[]) AS new (id, keys)
ON CONFLICT (person_id) DO UPDATE SET keys = excluded.keys"""


def keys_of(names: Iterable[str], born: Iterable, identities: Iterable[str], places: Iterable[str]) -> list[str]:
    """Every key of somebody. `identities` are "kind:value"."""
    words = {word for name in names for word in words_of(name)}
    found = {f"n:{word}" for word in words} | {f"n:{as_heard(word)}" for word in words if is_heard(word)}
    for place in places:
        found |= {f"a:{word}" for word in words_of(place)}
        found |= {f"a:{_STREET.sub('str', word)}" for word in words_of(place)}
    for day in born:
        found |= {f"y:{day.year}", f"y:{day:%m-%d}", f"y:{day.isoformat()}"}
    for identity in identities:
        kind, _, value = identity.partition(":")
        if kind == PHONE:
            found |= phone_keys(identity_key(kind, value))
        elif kind == EMAIL:
            letters = _NO_LETTERS.sub(" ", value.partition("@")[0])
            found |= {f"a:{word}" for word in words_of(letters) if len(word) > 2}
    return sorted(found)


def phone_keys(digits: str) -> set[str]:
    """Every stretch of four figures, and the last three, so that any three in a row begin a key."""
    digits = digits[:40]
    return {f"p:{digits[at:at + GRAM]}" for at in range(max(1, len(digits) - GRAM + 2))}


def make(ids: Iterable[int], fresh: Collection[int] = ()) -> None:
    """Make the keys of these people anew, and of who stands for them; asked for by `renewing`.

    `fresh` are those whom this transaction wrote down first: they are nobody's, and nobody else makes theirs.
    """
    old = sorted(set(ids) - set(fresh))
    heads = sorted({*ids, *(head for head, in (fetch(_HEADS, {"ids": old}) if old else ()) if head)})
    before = {id: set(keys) for id, keys in fetch(_HELD, {"ids": heads})} if old else {}
    after = {}
    for id, *rest, held in fetch(_KNOWN, {"ids": heads}):
        after[id] = set(keys_of(*(each or () for each in rest)))
        before[id] = set(held) if held is not None else None
    changed = {id: keys for id, keys in after.items() if keys != before[id]}
    gone = [id for id in before if id not in after]
    with connection.cursor() as cursor:
        if changed:
            written = [" ".join(map(quoted, sorted(keys))) for keys in changed.values()]
            cursor.execute(_WRITE, {"ids": list(changed), "keys": written})
        if gone:
            cursor.execute("DELETE FROM people_recognitionkeys WHERE person_id = ANY(%s)", [gone])
        had = set().union(*(before[id] or () for id in {*changed, *gone}))
        has = set().union(*changed.values())
        _learn(cursor, has - had)
        _forget(cursor, had - has)


def rebuild(say=lambda words: None) -> int:
    """Make all keys and all known words anew, as after a load by COPY. Returns how many people have keys."""
    count, uses = 0, Counter()
    fresh = RecognitionKeys.objects.count() < Person.objects.count() / 3
    with without_index(RecognitionKeys) if fresh else nullcontext(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS new_keys (person_id bigint, keys tsvector)")
        ids = Person.objects.filter(merged_into=None).order_by("id").values_list("id", flat=True)
        for stretch in _stretches(ids.iterator(chunk_size=STRETCH)):
            rows = _known(cursor, stretch)
            _write(cursor, rows)
            uses.update(key for _id, keys in rows for key in keys)
            count += len(rows)
            say(counted(count, "person", "people"))
        cursor.execute("DROP TABLE new_keys")
        cursor.execute("DELETE FROM people_recognitionkeys k USING people_person p "
                       "WHERE p.id = k.person_id AND p.merged_into_id IS NOT NULL")
    with transaction.atomic(), without_index(KnownWord), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_knownword")
        with cursor.copy("COPY people_knownword (word, kind, sound, uses, deletions) FROM STDIN") as copy:
            for key, times in uses.items():
                if _is_word(key):
                    copy.write_row(_word_row(key, times))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_recognitionkeys, people_knownword")
    return count


def _write(cursor, rows: list[tuple[int, list[str]]]) -> None:
    """Write many keys at once, beside whoever writes some of them now."""
    cursor.execute("TRUNCATE new_keys")
    with cursor.copy("COPY new_keys FROM STDIN") as copy:
        for id, keys in rows:
            copy.write_row((id, " ".join(map(quoted, keys))))
    cursor.execute("INSERT INTO people_recognitionkeys AS k (person_id, keys) SELECT person_id, keys FROM new_keys "
                   "ON CONFLICT (person_id) DO UPDATE SET keys = excluded.keys WHERE k.keys <> excluded.keys")


@contextmanager
def without_index(model):
    """Without the model's word index while many rows are written; it is made again at the end, come what may."""
    index = next(index for index in model._meta.indexes if isinstance(index, GinIndex))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        editor.remove_index(model, index)
    try:
        yield
    finally:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL maintenance_work_mem = '256MB'")
            with connection.schema_editor() as editor:
                editor.add_index(model, index)


def _known(cursor, ids: list[int]) -> list[tuple[int, list[str]]]:
    cursor.execute(_KNOWN, {"ids": ids})
    return [(id, keys_of(*(each or () for each in rest))) for id, *rest, _held in cursor.fetchall()]


def _is_word(key: str) -> bool:
    """Words in our letters are learnt, for every name is romanised too; figures are not."""
    return key[0] in "na" and _ASCII.fullmatch(key[2:]) is not None and not key[2:].isdigit() and len(key) > 3


def _word_row(key: str, times: int) -> tuple:
    word = key[2:]
    return word, key[0], sounds(word)[:LONGEST], times, deletion_keys(word)


def _learn(cursor, keys: set[str]) -> None:
    words = {key for key in keys if _is_word(key)}
    if words:
        words -= {f"{kind}:{word}" for kind, word in fetch(_TOLD, {"words": [key[2:] for key in words]})}
    if words:
        cursor.executemany(
            "INSERT INTO people_knownword (word, kind, sound, uses, deletions) VALUES (%s, %s, %s, %s, %s)",
            [_word_row(key, 1) for key in sorted(words)])


def _forget(cursor, keys: set[str]) -> None:
    """A word that nobody has any more is not kept: it may have been somebody's name."""
    for key in sorted(key for key in keys if _is_word(key)):
        cursor.execute(
            "DELETE FROM people_knownword WHERE kind = %s AND word = %s AND NOT EXISTS "
            "(SELECT FROM people_recognitionkeys WHERE keys @@ %s::tsquery)", [key[0], key[2:], quoted(key)])


def quoted(key: str) -> str:
    """A key as a lexeme in the text of a tsvector or a tsquery."""
    return "'" + key.replace("\\", "\\\\").replace("'", "''") + "'"


def _stretches(ids: Iterable[int]) -> Iterator[list[int]]:
    ids = iter(ids)
    while stretch := list(islice(ids, STRETCH)):
        yield stretch


def _saved(sender, instance, created, update_fields=None, **more) -> None:
    if update_fields is not None and _TELLING[sender].isdisjoint(update_fields):
        return
    if created and sender is Identity and instance.kind not in _KINDS:
        return
    renew([instance.pk if sender is Person else instance.person_id], fresh=created and sender is Person)


def _deleted(sender, instance, **more) -> None:
    """Without an address they may be found no more by it; whoever goes altogether takes their words with them."""
    if sender is RecognitionKeys:
        with connection.cursor() as cursor:
            _forget(cursor, set(re.findall(r"'((?:[^']|'')+)'", str(instance.keys))))
    elif RecognitionKeys.objects.filter(person=instance.person_id).exists():
        renew([instance.person_id])


def keep() -> None:
    """Hear of every change from now on; called once, when the house starts."""
    for model in (Person, Identity, Address):
        post_save.connect(_saved, sender=model, dispatch_uid=f"recognition_{model.__name__}")
    for model in (Identity, Address, RecognitionKeys):
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"recognition_gone_{model.__name__}")
