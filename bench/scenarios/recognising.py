"""Recognising people by all that may be typed, with mistakes, beside a raw look-up of one exact word."""

import random
import re
import time

from django.db import connection

from bench.measuring import Row
from bench.scenarios import world

FIRST = 3  # whoever is meant should be among so many
KEYSTROKES = "typing a name"


def run(options) -> list[Row]:
    """Each kind of query for many people: its times, and how often whoever was meant was among the first three."""
    from alongside.people.recognising import recognise

    principal = world.reader().principal()
    rng = random.Random(5)
    people = _some(rng, max(40, options.each * options.rounds))
    rows = [Row("raw: one exact word", [_timed(lambda name=name: _raw(name)) for _id, name, *_ in people])]
    for _ in range(2):
        for name, queries in _queries(rng, people).items():
            found = Row(name, [])
            hits = 0
            for id, words in queries:
                began = time.perf_counter()
                answer = recognise(principal, words)
                found.samples.append((time.perf_counter() - began) * 1000)
                hits += id in [each.person.id for each in answer[:FIRST]]
            if name != KEYSTROKES:
                found.notes["among the first 3"] = f"{100 * hits / len(queries):.1f} %"
            rows = [row for row in rows if row.name != name] + [found]
    return rows


def _queries(rng: random.Random, people: list[tuple]) -> dict[str, list[tuple[int, str]]]:
    """By kind, (who is meant, what is typed)."""
    rare = [each for each in people if each[-1]]
    kinds = {
        "card": [(id, card) for id, _n, _p, _e, card, *_ in people if card],
        "whole mail address": [(id, email) for id, _n, _p, email, *_ in people],
        "beginning of a mail address": [(id, email.partition("@")[0] + "@") for id, _n, _p, email, *_ in people],
        "whole phone number": [(id, re.sub("^(49)?", "0", phone)) for id, _n, phone, *_ in people],
        "seven figures of a phone number": [(id, phone[-7:]) for id, _n, phone, *_ in people],
        "three figures of a phone number": [(id, phone[-3:]) for id, _n, phone, *_ in people],
        "birthday": [(id, f"{born:%d.%m.%Y}") for id, _n, _p, _e, _c, born, *_ in people],
        "a given name": [(id, name.split()[0]) for id, name, *_ in people],
        "a given name and a city": [(id, f"{name.split()[0]} {city}") for id, name, *_, city, _rare in people],
        "a name with many namesakes": [(id, name) for id, name, *_, rare in people if not rare],
        KEYSTROKES: [(id, name[:length]) for id, name, *_ in people[:40] for length in range(1, len(name) + 1)],
    }
    for count in range(3):
        mistakes = ("", ", one mistake", ", two mistakes")[count]
        kinds |= {
            f"unique name{mistakes}": [(id, mistyped(rng, name, count)) for id, name, *_ in rare],
            f"name and four figures{mistakes}": [
                (id, mistyped(rng, name, count) + f" {_piece(rng, phone)}") for id, name, phone, *_ in people],
            f"name and birth year{mistakes}": [
                (id, mistyped(rng, name, count) + f" {born.year}") for id, name, _p, _e, _c, born, *_ in people],
            f"name and street{mistakes}": [
                (id, mistyped(rng, f"{name} {re.sub('[0-9]+', '', street).strip()}", count))
                for id, name, _p, _e, _c, _b, street, *_ in people],
        }
    return kinds | {
        "name and four figures, one wrong": [
            (id, f"{name} {mistyped(rng, _piece(rng, phone), 1)}") for id, name, phone, *_ in people],
        "name and birth year, one wrong": [
            (id, f"{name} {mistyped(rng, str(born.year), 1)}") for id, name, _p, _e, _c, born, *_ in people],
    }


def mistyped(rng: random.Random, words: str, mistakes: int) -> str:
    """`words` with so many mistakes: a letter left out, added, wrong, or swapped with the next; never a space."""
    letters = list(words)
    for _ in range(mistakes):
        at = rng.choice([place for place, letter in enumerate(letters) if letter != " "])
        alphabet = "0123456789" if letters[at].isdigit() else "abcdefghijklmnopqrstuvwxyz"
        other = rng.choice(alphabet.replace(letters[at].lower(), ""))
        after = letters[at + 1:at + 2]
        what = rng.choice(("out", "in", "wrong", "swapped"))
        if what == "out" and len(letters) > 4:
            del letters[at]
        elif what == "in":
            letters.insert(at, other)
        elif what == "swapped" and after and after[0] not in (" ", letters[at]):
            letters[at:at + 2] = [after[0], letters[at]]
        else:
            letters[at] = other
    return "".join(letters)


def _piece(rng: random.Random, phone: str) -> str:
    at = rng.randrange(max(1, len(phone) - 7), len(phone) - 3)
    return phone[at:at + 4]


def _some(rng: random.Random, count: int) -> list[tuple]:
    """People from all over: id, name, phone's figures, mail, card, birthday, street, city, whether the name is rare."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(person_id), max(person_id) FROM people_address")
        first, last = cursor.fetchone()
        if first is None:
            raise world.NotLoaded
        cursor.execute(
            "SELECT p.id, p.full_name, (SELECT key FROM people_identity WHERE person_id = p.id AND kind = 'phone'), "
            "(SELECT value FROM people_identity WHERE person_id = p.id AND kind = 'email'), "
            "(SELECT value FROM people_identity WHERE person_id = p.id AND kind = 'card'), p.born, a.street, a.city, "
            "(SELECT count(*) FROM people_person q WHERE q.sort_key = p.sort_key) = 1 "
            "FROM people_person p JOIN people_address a ON a.person_id = p.id WHERE p.id = ANY(%s) ORDER BY p.id",
            [[rng.randint(first, last) for _ in range(count)]])
        return cursor.fetchall()


def _timed(work) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _raw(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT p.id, p.full_name FROM people_namekey k JOIN people_person p ON p.id = k.person_id "
                       "WHERE k.key = %s LIMIT 8", [name.split()[-1].lower()])
        cursor.fetchall()
