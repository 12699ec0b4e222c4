"""Who may be meant: people for words typed, said or scanned, each with the reasons why."""

from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext_lazy

from alongside.lib.names import deletion_keys, typos_allowed
from alongside.lib.sounding import sounds
from alongside.people.gathering import gather
from alongside.people.models import CARD, EMAIL, KINDS, PHONE, Identity, Person, identity_key
from alongside.people.models.person import LAST_LETTER
from alongside.people.recognition_keys import quoted
from alongside.people.recognition_words import NEAR, SURE, Word, local_words, understand, ways_to_read

MOST = 60  # people looked at for each way to read the words
MOST_FITTING = 20_000  # people behind the words of one way, where no other word narrows it
ONE_MISTAKE = 1  # the step of reading at which one mistake is borne: who fits it whole is far enough
MOST_WORDS = 40  # words that begin or sound like a typed one
WORDS = {
    "card": gettext_lazy("same card"), "email": gettext_lazy("same mail address"),
    "same phone": gettext_lazy("same phone"), "address": gettext_lazy("same number or handle"),
    "email begins": gettext_lazy("mail begins like it"), "phone": gettext_lazy("these figures are in the phone number"),
    "name": gettext_lazy("same name"), "nickname": gettext_lazy("another form of the name"),
    "begins": gettext_lazy("name begins like it"), "sounds": gettext_lazy("name sounds alike"),
    "typo": gettext_lazy("name is written almost so"), "born": gettext_lazy("same birthday"),
    "year": gettext_lazy("born in that year"), "nearly": gettext_lazy("number is almost the same"),
    "place": gettext_lazy("same street, city or mail name"), "place begins": gettext_lazy("place begins like it"),
    "place sounds": gettext_lazy("place sounds alike"), "place typo": gettext_lazy("place is written almost so"),
    "shared": gettext_lazy("several people have this; ask whom it is"),
}
_COMMON = "(SELECT %s, word, kind, uses FROM people_knownword WHERE kind IN ('n', 'a') AND word = ANY(%s))"
_BEGINNING = ("(SELECT %s, word, kind, uses FROM people_knownword WHERE kind = %s AND word >= %s AND word < %s "
              "ORDER BY uses DESC LIMIT %s)")
_MISTYPED = ("(SELECT %s, word, kind, uses FROM people_knownword WHERE deletions && %s::integer[] "
             "AND length(word) BETWEEN %s AND %s)")
_HEARD = "(SELECT %s, word, kind, uses FROM people_knownword WHERE sound = %s ORDER BY uses DESC LIMIT %s)"
_FITTING = "SELECT person_id, tsvector_to_array(keys) FROM people_recognitionkeys WHERE "
_IN_THE_LIST = ("SELECT p.id, tsvector_to_array(k.keys) FROM people_person p "
                "JOIN people_recognitionkeys k ON k.person_id = p.id "
                "WHERE p.sort_key >= %s AND p.sort_key < %s ORDER BY p.sort_key, p.id LIMIT %s")
_IDENTIFY = {CARD: ("card", 100.0), EMAIL: ("email", 60.0), PHONE: ("same phone", 50.0)}


@dataclass(frozen=True)
class Reason:
    """Why somebody may be meant: `kind` for code and icons, `words` for people ("same phone")."""

    kind: str
    words: str


@dataclass(frozen=True)
class Recognised:
    """Somebody who may be meant, as they stand now. `certain` when a card or a verified address says so."""

    person: Person
    reasons: list[Reason]
    certain: bool = False


@dataclass
class _Candidate:
    """Somebody looked at: their points, and why."""

    points: float = 0.0
    kinds: list[str] = field(default_factory=list)
    certain: bool = False


def recognise(principal, words: str, limit: int = 8) -> list[Recognised]:
    """Up to `limit` people whom `words` may mean, likeliest first, among those whom `principal` may see."""
    words = words.replace("\x00", " ")
    asked = understand(words)
    with transaction.atomic(), connection.cursor() as cursor:
        exact = _exact(words)
        if any(candidate.certain for candidate in exact.values()):
            return _shown(principal, exact, limit)
        found = _candidates(cursor, asked, limit)
    for id, candidate in exact.items():
        known = found.setdefault(id, candidate)
        known.points = max(known.points, candidate.points)
        known.kinds = list(dict.fromkeys(candidate.kinds + known.kinds))
    return _shown(principal, found, limit)


def _exact(words: str) -> dict[int, _Candidate]:
    """Everyone who has exactly this card, number or address."""
    whole = words.strip()[:254]
    if not whole:
        return {}
    writings = (whole, "".join(whole.split()))
    keys = {(kind, identity_key(kind, writing)) for kind, _name in KINDS for writing in writings}
    rows = list(
        Identity.objects.filter(kind__in={kind for kind, key in keys}, key__in={key for kind, key in keys if key})
        .values_list("kind", "key", "verified_at", "person_id", "person__merged_into"))
    rows = [row for row in rows if (row[0], row[1]) in keys]
    heads = {(kind, key): {row[4] or row[3] for row in rows if row[:2] == (kind, key)} for kind, key in keys}
    found: dict[int, _Candidate] = {}
    for kind, key, verified, person, head in rows:
        reason, points = _IDENTIFY.get(kind, ("address", 60.0))
        shared = len(heads[kind, key]) > 1
        candidate = found.setdefault(head or person, _Candidate())
        candidate.points = max(candidate.points, points)
        kinds = [*candidate.kinds, reason, *(["shared"] if shared else [])]
        candidate.kinds = list(dict.fromkeys(kinds))
        candidate.certain |= not shared and (kind == CARD or verified is not None)
    return found


def _candidates(cursor, asked: list[Word], limit: int) -> dict[int, _Candidate]:
    asked = _reached(cursor, asked)
    if not asked:
        return {}
    rows: dict[int, frozenset[str]] = {}
    if len(asked) == 1 and not asked[0].persons:
        _gather_one(cursor, rows, asked[0])
        if len(rows) >= limit:
            return {id: _judged(id, keys, asked) for id, keys in rows.items()}
    cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
    try:
        for step, ways in enumerate(ways_to_read(len(asked))):
            if step == ONE_MISTAKE:  # as they are, words need no others that are like them
                _widen(cursor, asked)
            enough = len(asked) > 1 and bool(rows)  # one step further than where somebody fits
            _gather(cursor, rows, asked, ways)
            if enough or len(rows) >= limit or step >= ONE_MISTAKE and _fits_whole(rows, asked):
                break
    finally:
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL jit = on")
    return {id: _judged(id, keys, asked) for id, keys in rows.items()}


def _fits_whole(rows: dict, asked: list[Word]) -> bool:
    """Whether somebody has something of each word."""
    return any(all(word.worth(id, keys)[0] for word in asked) for id, keys in rows.items())


def _gather_one(cursor, rows: dict, word: Word) -> None:
    """One word by itself: whoever has it, and for the first letters of a name whoever comes first in the list."""
    exactly = "|".join(map(quoted, word.exact)) or word.query(SURE)
    cursor.execute(_FITTING + "keys @@ %s::tsquery LIMIT %s", [exactly, MOST])
    rows.update((id, frozenset(keys)) for id, keys in cursor.fetchall())
    if word.short:
        cursor.execute(_IN_THE_LIST, [word.plain, word.plain + LAST_LETTER, MOST])
        rows.update((id, frozenset(keys)) for id, keys in cursor.fetchall())


def _reached(cursor, asked: list[Word]) -> list[Word]:
    """Read what has an @: whoever's address begins so, else the words before the @."""
    read = []
    for word in asked:
        if "@" not in word.text:
            read.append(word)
            continue
        cursor.execute(
            "SELECT coalesce(p.merged_into_id, p.id) FROM (SELECT person_id FROM people_identity WHERE kind = %s "
            "AND key >= %s AND key < %s LIMIT %s) i JOIN people_person p ON p.id = i.person_id",
            [EMAIL, word.text, word.text + LAST_LETTER, MOST])
        word.persons = {id: (11.0, "email begins") for id, in cursor.fetchall()}
        read += [word] if word.persons else local_words(word)
    return read


def _widen(cursor, asked: list[Word]) -> None:
    """Ask which known words each typed one may be."""
    parts, values = [], []
    for at, word in enumerate(asked):
        if not word.plain:
            continue
        slack = typos_allowed(word.plain)
        parts.append(_COMMON)
        values += [at, [key[2:] for key in word.levels[SURE]]]
        if len(asked) == 1 or not word.short:
            for kind in "na":
                parts.append(_BEGINNING)
                values += [at, kind, word.plain, word.plain + LAST_LETTER, MOST_WORDS]
        if slack:
            parts.append(_MISTYPED)
            values += [at, deletion_keys(word.plain), len(word.plain) - slack, len(word.plain) + slack]
            parts.append(_HEARD)
            values += [at, sounds(word.plain), MOST_WORDS]
    if parts:
        cursor.execute(" UNION ALL ".join(parts), values)
        for at, known, kind, uses in cursor.fetchall():
            asked[at].learn(known, kind, uses)


def _gather(cursor, rows: dict, asked: list[Word], ways: list[list]) -> None:
    """Look up whoever fits one of the ways, with their keys."""
    parts, values = [], []
    for way in ways:
        needed = [(word, level) for word, level in zip(asked, way, strict=True)
                  if level is not None and not (level == NEAR and word.short and len(asked) > 1)]
        only = [id for word, _level in needed for id in word.persons]
        needed = [(word, level) for word, level in needed if not word.persons]
        far = any(level != SURE for level in way)
        fewest = min((word.weight(level) for word, level in needed), default=0) if far else 0
        queries = [word.query(level, MOST_FITTING if fewest > MOST_FITTING and not only
                              and word.weight(level) == fewest else None) for word, level in needed]
        if "" in queries or not (queries or only):
            continue
        # A condition for each word, the shortest first: the index leaps from one to the next. One query that joins
        # them with & would be weighed for everybody who has any of its hundreds of words.
        where = ["keys @@ %s::tsquery"] * len(queries) + ["person_id = ANY(%s)"] * bool(only)
        parts.append("(" + _FITTING + " AND ".join(where) + " LIMIT %s)")
        values += [*sorted(queries, key=len), *[only] * bool(only), MOST]
    if parts:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows.update((id, frozenset(keys)) for id, keys in cursor.fetchall())


def _judged(id: int, keys: frozenset[str], asked: list[Word]) -> _Candidate:
    """What speaks for somebody. A name of which more words were said is nearer than a longer one."""
    worth = [word.worth(id, keys) for word in asked]
    unsaid = sum(key[0] == "n" for key in keys) - len(asked)
    points = sum(points for points, _reason in worth) - max(0, unsaid) * 0.1
    return _Candidate(points, list(dict.fromkeys(reason for points, reason in worth if points)))


def _shown(principal, found: dict[int, _Candidate], limit: int) -> list[Recognised]:
    """The best of them, without those for whom much less speaks than for the first."""
    best = max((candidate.points for candidate in found.values()), default=0)
    ids = sorted((id for id, candidate in found.items() if candidate.points >= best / 2),
                 key=lambda id: (-found[id].points, id))[:MOST]
    people = Person.objects.visible_to(principal).standing().filter(pk__in=ids[:limit * 2])
    ordered = sorted(people, key=lambda each: (-round(found[each.id].points, 1), each.sort_key, each.id))
    return [Recognised(person, [Reason(kind, str(WORDS[kind])) for kind in found[person.id].kinds],
                       found[person.id].certain) for person in gather(ordered[:limit])]
