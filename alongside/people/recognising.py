"""Who may be meant: people for words typed, said or scanned, each with the reasons why."""

from collections import Counter
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.lib.names import deletion_keys, is_whole, typos_allowed
from alongside.lib.text import LAST_LETTER
from alongside.people.gathering import gather
from alongside.people.models import CARD, EMAIL, KINDS, PHONE, Person, identity_key
from alongside.people.recognition_found import Candidate, Found
from alongside.people.recognition_keys import quoted
from alongside.people.recognition_words import (
    FAR,
    NEAR,
    NEARLY,
    SURE,
    SURELY,
    Word,
    local_words,
    understand,
    ways_to_read,
)

MOST = 60  # people looked at for each way to read the words
MOST_FITTING = 6_000  # people behind the words of one way, where no other word narrows it
ONE_MISTAKE, LEFT_OUT, TWO_MISTAKES = 1, 2, 3  # steps of reading: one in a word, then in two or a word left out, …
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
_ALMOST = frozenset(("typo", "sounds", "nearly", "place typo", "place sounds", "shared"))
_COMMON = "(SELECT %s, word, kind, uses, sound FROM people_knownword WHERE kind IN ('n', 'a') AND word = ANY(%s))"
_BEGINNING = ("(SELECT %s, word, kind, uses, sound FROM people_knownword WHERE kind = %s AND word >= %s AND word < %s "
              "ORDER BY uses DESC LIMIT %s)")
_MISTYPED = ("(SELECT %s, word, kind, uses, sound FROM people_knownword WHERE deletions && %s::integer[] "
             "AND length(word) BETWEEN %s AND %s)")
_HEARD = "(SELECT %s, word, kind, uses, sound FROM people_knownword WHERE sound = %s ORDER BY uses DESC LIMIT %s)"
_EVERYBODY = ("(SELECT NULL::integer, '', '', reltuples::integer, '' FROM pg_class "
              "WHERE oid = 'people_recognitionkeys'::regclass)")
_FITTING = "SELECT %s, person_id, tsvector_to_array(keys) FROM people_recognitionkeys WHERE "
_IN_THE_LIST = ("SELECT 0, p.id, tsvector_to_array(k.keys) FROM people_person p "
                "JOIN people_recognitionkeys k ON k.person_id = p.id "
                "WHERE p.sort_key >= %s AND p.sort_key < %s ORDER BY p.sort_key, p.id LIMIT %s")
_IDENTIFY = {CARD: ("card", 100.0), EMAIL: ("email", 60.0), PHONE: ("same phone", 50.0)}
_HELD = """
    SELECT i.kind, i.key, i.verified_at, i.person_id, p.merged_into_id
      FROM people_identity i JOIN people_person p ON p.id = i.person_id
     WHERE i.kind = ANY(%s) AND i.key = ANY(%s)
"""


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

    @property
    def fits_as_typed(self) -> bool:
        """Whether something of them is as it was typed, not only like it."""
        return any(reason.kind not in _ALMOST for reason in self.reasons)


def recognise(principal, words: str, limit: int = 8) -> list[Recognised]:
    """Up to `limit` people whom `words` may mean, likeliest first, among those whom `principal` may see."""
    words = words.replace("\x00", " ")
    asked = understand(words)
    with transaction.atomic(), connection.cursor() as cursor:
        exact = _exact(cursor, words)
        if any(candidate.certain for candidate in exact.values()):
            return _shown(principal, exact, words, limit)
        found = _candidates(cursor, asked, limit)
    for id, candidate in exact.items():
        known = found.setdefault(id, candidate)
        known.points = max(known.points, candidate.points)
        known.kinds = list(dict.fromkeys(candidate.kinds + known.kinds))
    return _shown(principal, found, words, limit)


def _exact(cursor, words: str) -> dict[int, Candidate]:
    """Everyone who has exactly this card, number or address."""
    whole = words.strip()[:254]
    if not whole:
        return {}
    writings = (whole, "".join(whole.split()))
    keys = {(kind, identity_key(kind, writing)) for kind, _label in KINDS for writing in writings}
    cursor.execute(_HELD, [[kind for kind, _key in keys], [key for _kind, key in keys if key]])
    rows = [row for row in cursor.fetchall() if (row[0], row[1]) in keys]
    heads = {(kind, key): {row[4] or row[3] for row in rows if row[:2] == (kind, key)} for kind, key in keys}
    found: dict[int, Candidate] = {}
    for kind, key, verified, person, head in rows:
        reason, points = _IDENTIFY.get(kind, ("address", 60.0))
        shared = len(heads[kind, key]) > 1
        candidate = found.setdefault(head or person, Candidate())
        candidate.points = max(candidate.points, points)
        kinds = [*candidate.kinds, reason, *(["shared"] if shared else [])]
        candidate.kinds = list(dict.fromkeys(kinds))
        candidate.certain |= not shared and (kind == CARD or verified is not None)
    return found


def _candidates(cursor, asked: list[Word], limit: int) -> dict[int, Candidate]:
    asked = _reached(cursor, asked)
    if not asked:
        return {}
    found = Found(asked)
    if len(asked) == 1 and not asked[0].persons:
        _gather_one(cursor, found)
        if len(found) >= limit:
            return found.judged()
    # Of a year or a piece of a phone number one figure may be missing: others fit three as well as who has just them.
    far_enough = LEFT_OUT if any(len(word.figures) == 3 for word in asked) else ONE_MISTAKE
    cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
    try:
        for step, ways in enumerate(ways_to_read(len(asked))):
            if step == ONE_MISTAKE:  # as they are, words need no others that are like them
                _widen(cursor, found)
            if step == TWO_MISTAKES:  # those who are here already are looked at as they are
                _widen_far(cursor, found, set(range(len(asked))) - found.all_without)
                ways = [way for way in ways if not (FAR in way and way.index(FAR) in found.all_without)]
            if step > TWO_MISTAKES:
                _widen_far(cursor, found, found.all_without)
            enough = len(asked) > 1 and bool(found)  # one step further than where somebody fits
            _gather(cursor, found, ways)
            figures = SURELY if step < LEFT_OUT else NEARLY
            many = len(found) >= limit and step != LEFT_OUT  # where a word is left out, many mean little
            if many or step >= far_enough and (enough or found.somebody_fits_whole(figures)):
                break
            if step == LEFT_OUT and found.somebody_is_called_so():
                break
    finally:
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL jit = on")
    return found.judged()


def _gather_one(cursor, found: Found) -> None:
    """One word by itself: whoever has it, and for the first letters of a name whoever comes first in the list."""
    word = found.asked[0]
    exactly = "|".join(map(quoted, word.exact)) or word.query(SURE)
    cursor.execute(_FITTING + "keys @@ %s::tsquery LIMIT %s", [0, exactly, MOST])
    found.add(cursor.fetchall())
    if word.short:
        cursor.execute(_IN_THE_LIST, [word.plain, word.plain + LAST_LETTER, MOST])
        found.add(cursor.fetchall())


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


def _widen(cursor, found: Found) -> None:
    """Ask which known words each typed one may be: begun, heard, or with one mistake; and how many people there are."""
    parts, values = [_EVERYBODY], []
    for at, word in enumerate(found.asked):
        if not word.plain:
            continue
        parts.append(_COMMON)
        values += [at, [key[2:] for key in (*word.levels[SURE], *word.levels[NEAR])]]
        if len(found.asked) == 1 or not word.short:
            for kind in "na":
                parts.append(_BEGINNING)
                values += [at, kind, word.plain, word.plain + LAST_LETTER, MOST_WORDS]
        if typos_allowed(word.plain):
            parts += [_MISTYPED, _HEARD]
            values += [at, deletion_keys(word.plain, 1), len(word.plain) - 1, len(word.plain) + 1]
            values += [at, word.sound, MOST_WORDS]
    cursor.execute(" UNION ALL ".join(parts), values)
    found.learn(cursor.fetchall())


def _widen_far(cursor, found: Found, places: set[int]) -> None:
    """Ask which known words those typed in these places may be with two mistakes: many times as many are looked at."""
    far = [(at, found.asked[at].plain) for at in sorted(places) if typos_allowed(found.asked[at].plain) == 2]
    values = [[at, deletion_keys(plain), len(plain) - 2, len(plain) + 2] for at, plain in far]
    if far:
        cursor.execute(" UNION ALL ".join([_MISTYPED] * len(far)), sum(values, []))
        found.learn(cursor.fetchall())


def _gather(cursor, found: Found, ways: list[list]) -> None:
    """Look up whoever fits one of the ways, with their keys."""
    parts, values, whole = [], [], {}
    for number, way in enumerate(ways):
        needed = [(word, level) for word, level in zip(found.asked, way, strict=True)
                  if level is not None and not (level == NEAR and word.short and len(way) > 1)]
        only = [id for word, _level in needed for id in word.persons]
        needed = [(word, level) for word, level in needed if not word.persons]
        far = any(level != SURE for level in way)
        fewest = min((word.weight(level) for word, level in needed), default=0) if far else 0
        cut = fewest > MOST_FITTING and not only
        queries = [word.query(level, MOST_FITTING if cut and word.weight(level) == fewest else None)
                   for word, level in needed]
        if "" in queries or not (queries or only) or None in way and not only and _means_any(found, needed):
            continue
        # A condition for each word, the shortest first: the index leaps from one to the next. One query that joins
        # them with & would be weighed for everybody who has any of its hundreds of words.
        where = ["keys @@ %s::tsquery"] * len(queries) + ["person_id = ANY(%s)"] * bool(only)
        parts.append("(" + _FITTING + " AND ".join(where) + " LIMIT %s)")
        values += [number, *sorted(queries, key=len), *[only] * bool(only), MOST]
        if not cut and way.count(None) == 1 and way.count(SURE) == len(way) - 1:
            whole[number] = way.index(None)
    if parts:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows = cursor.fetchall()
        found.add(rows)
        fitting = Counter(number for number, _id, _keys in rows)
        found.all_without |= {place for number, place in whole.items() if fitting[number] < MOST}


def _means_any(found: Found, needed: list[tuple[Word, int]]) -> bool:
    """Whether so many people have all of these words that those of them who are looked at would be any of them."""
    share = 1.0
    for word, level in needed:
        share *= word.share(level, found.people)
    return share * found.people > 2 * MOST


def _shown(principal, found: dict[int, Candidate], words: str, limit: int) -> list[Recognised]:
    """The best of them, without those for whom much less speaks than for the first."""
    best = max((candidate.points for candidate in found.values()), default=0)
    ids = sorted((id for id, candidate in found.items() if candidate.points >= best / 2),
                 key=lambda id: (-found[id].points, id))[:MOST]
    people = Person.objects.visible_to(principal).standing().filter(pk__in=ids[:limit * 2])
    ordered = sorted(people, key=lambda each: (-round(found[each.id].points, 1), each.sort_key, each.id))
    return [Recognised(person, [Reason(kind, _in_words(kind, person, words)) for kind in found[person.id].kinds],
                       found[person.id].certain) for person in gather(ordered[:limit])]


def _in_words(kind: str, person: Person, words: str) -> str:
    """A reason as it is said: "same name" only of a name of which every part was typed."""
    return _("this is in the name") if kind == "name" and not _is_called(person, words) else str(WORDS[kind])


def _is_called(person: Person, words: str) -> bool:
    """Whether a whole name of theirs was typed; one word is that only where no other name was typed beside it."""
    names = f"{person.called} {person.full_name}"
    nothing_else = all(is_whole(word, names) for word in words.split() if word.isalpha())
    whole = [name for name in (person.called, person.full_name) if name and is_whole(name, words)]
    return any(nothing_else or len(name.split()) > 1 for name in whole)
