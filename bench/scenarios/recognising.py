"""Recognising people by all that may be typed, with mistakes: what the counter answers to a keystroke."""

import contextlib
import random
import re
from collections import Counter as Tally
from functools import cache
from urllib.parse import urlencode

from django.db import connection

from alongside.lib.text import sort_key
from bench import serving
from bench.measuring import Row, percentile, timed
from bench.scenarios import world
from bench.scenarios.beside import Beside, answer

FIRST = 3  # whoever is meant should be among so many
KEYSTROKES = "typing a name"
WITH_YEAR = "name and birth year"
DIGITS = "0123456789"
WARM = 20
_SHOWN = re.compile(rb'id="found-(\d+)"')


def run(options) -> list[Row]:
    """Each kind of query for many people, at the server: its times, and how often whoever was meant was in sight.

    The kinds take turns, a raw look-up of one exact word among them, so that a noisy moment falls on all of them.
    """
    rng = random.Random(5)
    people = _some(rng, max(40, options.each * options.rounds))
    kinds = _queries(rng, people)
    raw = Row("raw: one exact word", [])
    rows, rounds = {name: Row(name, []) for name in kinds}, {name: [] for name in kinds}
    hits, there = dict.fromkeys(kinds, 0), {name: Row(f"{name}, beside", []) for name in kinds if options.beside}
    with serving.server(ALONGSIDE_JOBS="separate") as server, contextlib.ExitStack() as stack:
        counter = Counter(server.client(world.reader()))
        for queries in kinds.values():
            for _id, words in queries[:WARM]:
                counter.ask(words)
        if options.answer:
            answer(lambda name, number: counter.time(kinds[name], number))
            return []
        if options.beside:
            beside = Beside("recognise", options.beside, [f"--each={options.each}", f"--rounds={options.rounds}"])
            stack.callback(beside.close)
        with serving.Share(server.pid) as share:
            for at in range(options.rounds):
                raw.samples += [timed(lambda name=name: _raw(name)) for _id, name, *_ in people[at::options.rounds]]
                for name, queries in kinds.items():
                    samples = []
                    for number in range(at, len(queries), options.rounds):
                        samples.append(counter.time(queries, number))
                        hits[name] += queries[number][0] in counter.shown[:FIRST]
                        if there:
                            there[name].samples += [took for took in (beside.ask(name, number),) if took is not None]
                    rows[name].samples += samples
                    rounds[name].append(percentile(samples, 0.95))
    for name, row in rows.items():
        row.notes["p95 by round"] = f"{min(rounds[name]):.1f}–{max(rounds[name]):.1f}"
        if name != KEYSTROKES:
            row.notes["among the first 3"] = f"{100 * hits[name] / len(row.samples):.1f} %"
    rows[f"{WITH_YEAR}, one mistake"].notes["findable"] = f"{100 * findable(people):.1f} %"
    raw.notes["generator"] = share.generator
    return [raw, *(row for name in kinds for row in (rows[name], there.get(name)) if row)]


class Counter:
    """A member who types into the counter's field."""

    def __init__(self, client: serving.Client):
        self.client, self.shown = client, []

    def time(self, queries: list[tuple[int, str]], number: int) -> float | None:
        """Milliseconds of one of the questions; None where there are fewer."""
        return timed(lambda: self.ask(queries[number][1])) if number < len(queries) else None

    def ask(self, words: str) -> None:
        """One keystroke's question; who was shown, the likeliest first, is in `shown`."""
        page = self.client.get("/counter/found?" + urlencode({"q": words}), headers={"X-Fragment": "found"})
        self.shown = [int(id) for id in _SHOWN.findall(page)]


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
                (id, mistyped(rng, f"{name} {_piece(rng, phone)}", count)) for id, name, phone, *_ in people],
            f"{WITH_YEAR}{mistakes}": [
                (id, mistyped(rng, f"{name} {born.year}", count)) for id, name, _p, _e, _c, born, *_ in people],
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
        alphabet = DIGITS if letters[at].isdigit() else "abcdefghijklmnopqrstuvwxyz"
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


def findable(people: list[tuple]) -> float:
    """The share that anybody could find by name and birth year with one mistake, who knows how mistakes are made.

    Where the mistake is in the year, namesakes born in what was typed come first, then whoever's year most likely
    became that; of those who fit as well as the one who is meant, each is as likely. In the name it does no harm.
    """
    shares = []
    for _id, name, _p, _e, _c, born, *_ in people:
        letters, year = len(name.replace(" ", "")), str(born.year)
        others = [str(each) for each in _born_alike(name)]
        others.remove(year)
        ways = _mistakes(year)
        in_the_year = sum(count * _among_the_first(typed, year, others) for typed, count in ways.items()) / ways.total()
        shares.append((letters + len(year) * in_the_year) / (letters + len(year)))
    return sum(shares) / len(shares)


def _among_the_first(typed: str, year: str, others: list[str]) -> float:
    """How likely whoever was born in `year` is among the first, when namesakes were born in `others`."""
    fits = _mistakes(year)[typed]
    before = sum(other == typed or _mistakes(other)[typed] > fits for other in others)
    alike = 1 + sum(other != typed and _mistakes(other)[typed] == fits for other in others)
    return min(1.0, max(0, FIRST - before) / alike)


@cache
def _mistakes(year: str) -> Tally[str]:
    """What the figures become by one mistake as `mistyped` makes them, and in how many of all ways."""
    ways: Tally[str] = Tally()
    for at, figure in enumerate(year):
        before, after = year[:at], year[at + 1:]
        wrong = [before + other + after for other in DIGITS if other != figure]
        ways.update(wrong)
        ways.update(before + other + figure + after for other in DIGITS if other != figure)
        ways[before + after] += len(wrong)
        if after and after[0] != figure:
            ways[before + after[0] + figure + after[1:]] += len(wrong)
        else:
            ways.update(wrong)
    return ways


def _born_alike(name: str) -> list[int]:
    """The birth years of everyone of that name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(year FROM born)::int FROM people_person WHERE sort_key = %s", [sort_key(name)])
        return [year for (year,) in cursor.fetchall()]


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


def _raw(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT p.id, p.full_name FROM people_namekey k JOIN people_person p ON p.id = k.person_id "
                       "WHERE k.key = %s LIMIT 8", [name.split()[-1].lower()])
        cursor.fetchall()
