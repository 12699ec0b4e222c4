"""Makes up many people, seeded, with the skew of real names, and loads them by COPY."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from alongside.lib.nicknames import NAMES
from alongside.lib.text import name_keys, sort_key
from alongside.people.models import identity_key
from bench import people_twice
from bench.loading import NOW, Copy, next_id

ONSETS = "b bl br d dr f fr g gr h j k kl kr l m n p pr r s sch st t tr v w z".split()
VOWELS = "a a e e e i o u au ei ie".split()
ENDS = "n r l s t ck nn ll m mann er sen ski ov ez ini ".split(" ")
WAYS = "straße weg gasse allee street road lane avenue ring platz".split()
FIRST_DAY = date(1930, 1, 1)


@dataclass(frozen=True)
class Somebody:
    """One made-up person."""

    given: str
    surname: str
    phone: str
    email: str
    card: str
    born: date
    street: str
    postcode: str
    city: str

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given} {self.surname}"


def made_up(count: int, seed: int = 7) -> Iterator[Somebody]:
    """`count` people, always the same: seven in ten have 15 to 31 namesakes, the others a name that is rare."""
    rng = random.Random(seed)
    givens = sorted(name for name in NAMES if len(name) > 3)
    rng.shuffle(givens)
    weights = [1 / (rank + 8) ** 0.8 for rank in range(len(givens))]
    surnames = sorted({_word(rng) for _ in range(int(40 * count**0.58))})
    rng.shuffle(surnames)
    streets = [f"{_word(rng)}{rng.choice(('', ' '))}{rng.choice(WAYS)}" for _ in range(4000)]
    cities = [_word(rng) for _ in range(900)]
    left, given, surname = 0, "", ""
    common = surnames[: len(surnames) // 3]
    for number in range(count):
        if left:
            left -= 1
        elif rng.random() < 0.089:
            given, surname, left = rng.choices(givens, weights)[0], rng.choice(common), rng.randint(15, 31)
        else:
            given, surname = rng.choices(givens, weights)[0], rng.choice(surnames)
        prefix = rng.choice(("151", "160", "171", "176", "30", "40", "89", "221"))
        rest = f"{rng.randrange(10**7):07d}"
        phone = f"+49 {prefix} {rest}" if number % 3 else f"0{prefix}/{rest[:3]} {rest[3:]}"
        place = min(int(rng.paretovariate(0.8)) - 1, len(cities) - 1)
        yield Somebody(given.title(), surname.title(), phone, f"{given}.{surname}{number}@post.example",
                       f"LC{number:09d}" if number % 4 == 0 else "", FIRST_DAY + timedelta(days=rng.randrange(31000)),
                       f"{rng.choice(streets).title()} {rng.randint(1, 140)}", f"{10000 + place * 97 % 89999}",
                       cities[place].title())


def load(count: int, say=print) -> dict:
    """Write down `count` made-up people and all that finds them. Returns the seconds of each step."""
    from alongside.people.recognition_keys import rebuild

    _reader()
    first, seconds = next_id("people_person"), {}
    for name, columns, rows in (
        ("people_person", "id called full_name sort_key what_matters zone language born since demo", _people),
        ("people_identity", "person_id kind value key provenance preferred added_at", _identities),
        ("people_address", "person_id street postcode city country provenance added_at", _addresses),
        ("people_namekey", "person_id key", _name_keys),
    ):
        began = time.perf_counter()
        written = Copy(name, columns.split()).run(row for row in rows(first, made_up(count)))
        seconds[name] = round(time.perf_counter() - began, 1)
        say(f"  {name}: {written:,} in {seconds[name]} s")
    _settle()
    began = time.perf_counter()
    rebuild()
    seconds["recognition"] = round(time.perf_counter() - began, 1)
    say(f"  what they are recognised by: {seconds['recognition']} s")
    _settle()
    return seconds


def load_twice(count: int) -> None:
    """Write down `count` more, a tenth of them twice, with what they are compared by and nothing to find them by."""
    _reader()
    first = next_id("people_person")
    made = [(id, row, f"{row['given_name']} {row['surname']}".strip())
            for id, row in enumerate(people_twice.people(count), first)]
    Copy("people_person", "id called full_name sort_key what_matters zone language born since demo".split()).run(
        (id, "", name, sort_key(name), "", "", "", _day(row["date_of_birth"]), NOW, False) for id, row, name in made)
    Copy("people_identity", "person_id kind value key provenance preferred added_at".split()).run(
        (id, kind, row[kind], identity_key(kind, row[kind]), "told", False, NOW)
        for id, row, _name in made for kind in ("email", "phone") if row[kind])
    Copy("people_address", "person_id street postcode city country provenance added_at".split()).run(
        (id, row["street"], row["postcode"], row["city"], "DE", "told", NOW) for id, row, _name in made)
    _settle()


def _day(written: str) -> date | None:
    try:
        return datetime.strptime(written, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _people(first: int, people) -> Iterator[tuple]:
    for id, each in enumerate(people, first):
        yield id, "", each.name, sort_key(each.name), "", "", "", each.born, NOW, False


def _identities(first: int, people) -> Iterator[tuple]:
    for id, each in enumerate(people, first):
        for kind, value in (("phone", each.phone), ("email", each.email), ("card", each.card)):
            if value:
                yield id, kind, value, identity_key(kind, value), "told", False, NOW


def _addresses(first: int, people) -> Iterator[tuple]:
    for id, each in enumerate(people, first):
        yield id, each.street, each.postcode, each.city, "DE", "told", NOW


def _name_keys(first: int, people) -> Iterator[tuple]:
    for id, each in enumerate(people, first):
        for key in name_keys(each.name):
            yield id, key


def _word(rng: random.Random) -> str:
    parts = rng.choices((1, 2, 3), (15, 60, 25))[0]
    return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(parts)) + rng.choice(ENDS)


def _reader() -> None:
    from alongside.members.models import Member

    if not Member.objects.filter(email="bench0@bench.example").exists():
        Member.welcome(email="bench0@bench.example", called="Bench 0", role="lead", password="a long enough word")


def _settle() -> None:
    """Ids go on after those that were written, and the planner knows how many there are."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('people_person', 'id'), max(id)) FROM people_person")
        cursor.execute("VACUUM ANALYZE people_person, people_identity, people_address, people_namekey, "
                       "people_recognitionkeys, people_knownword")
