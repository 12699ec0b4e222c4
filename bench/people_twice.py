"""Made-up people of whom some are written down twice, and pairs of names: seeded, with the truth."""

import random
import string
from collections.abc import Iterator
from itertools import accumulate

from alongside.lib.matching.usual_names import GIVEN, SURNAMES
from alongside.lib.nicknames import forms

FIRST = sorted(GIVEN)
LAST = sorted(SURNAMES)
BEGINNINGS = """bar ber bor bro cal car cor dal dor fal fen gal gar hal har hol kal kar ker kol lan lin mal mar mer mol
nor pal per pol ral ros sal sel sol stan tal tor val ver wal wil""".split()
ENDINGS = """ak an ard ason berg bert bury by den der dorf eaux ell elli er ers escu etti feld ford ham hoff ic ier ini
ison ka ke ley lin man mann mond nes off one ova ow ridge ski son sson stein sted ton ville well wick witz wood
worth""".split()
CYRILLIC = [("Мария", "Maria", "Mariya"), ("Сергей", "Sergey", "Sergei"), ("Юлия", "Yulia", "Julia"),
            ("Дмитрий", "Dmitry", "Dmitri"), ("Наталья", "Natalia", "Natalya"), ("Алексей", "Alexey", "Aleksei")]
FAMILIES = [("Иванов", "Ivanov", "Iwanow"), ("Шевченко", "Shevchenko", "Schewtschenko"),
            ("Чехов", "Chekhov", "Tschechow"),
            ("Жуков", "Zhukov", "Joukov"), ("Хрущев", "Khrushchev", "Chruschtschow"), ("Попов", "Popov", "Popoff")]
HEBREW = [("דוד", "David", "Dave", "Dawid"), ("משה", "Moshe", "Moses"), ("יוסף", "Yosef", "Joseph", "Yossi"),
          ("רבקה", "Rivka", "Rebecca"), ("יעקב", "Yaakov", "Jacob", "Kobi"), ("שרה", "Sarah", "Sara"),
          ("אלמוג", "Almog"), ("פלג", "Peleg"), ("שגיא", "Sagi"), ("רגב", "Regev")]
HEBREW_FAMILIES = [("כהן", "Cohen", "Kohen"), ("לוי", "Levi", "Levy"), ("מזרחי", "Mizrahi", "Mizrachi"),
                   ("אברהמי", "Avrahami"), ("דרורי", "Drori"), ("בן דוד", "Ben David"), ("שטרן", "Stern")]
ARABIC = [("محمد", "Mohammed", "Muhammad", "Mohamed"), ("أحمد", "Ahmed", "Ahmad"), ("فاطمة", "Fatima", "Fatma"),
          ("خديجة", "Khadija", "Khadijah"), ("عبد الله", "Abdullah", "Abdallah"), ("سعيد", "Said", "Saeed"),
          ("شوقي", "Shawki", "Chawki"), ("بسام", "Bassam"), ("مؤنس", "Munis")]
ARABIC_FAMILIES = [("حداد", "Haddad"), ("خوري", "Khoury", "Khouri"), ("منصور", "Mansour", "Mansur"),
                   ("البغدادي", "Al-Baghdadi", "Albaghdadi"), ("درويش", "Darwish", "Darwich"),
                   ("قباني", "Qabbani", "Kabbani")]
UMLAUTS = [("Müller", "Mueller"), ("Schröder", "Schroeder"), ("Jäger", "Jaeger"), ("García", "Garcia"),
           ("Núñez", "Nunez"), ("Sørensen", "Sorensen"), ("Đorđević", "Dordevic"), ("Łukasik", "Lukasik")]
NEAR_FAMILIES = [("Hansen", "Jansen"), ("Miller", "Mills"), ("Martin", "Martinez"), ("Johnson", "Johnston"),
                 ("Peters", "Petersen"), ("Meier", "Maier"), ("Brown", "Brower"), ("Harris", "Harrison"),
                 ("Davis", "Davies"), ("Wolf", "Wolff"), ("Clark", "Clarke"), ("Fischer", "Fletcher")]
NEAR_GIVEN = [("John", "Joan"), ("Paul", "Paula"), ("Daniel", "Danielle"), ("Eric", "Erica"),
              ("Christian", "Christine"),
              ("Mark", "Mary"), ("Jane", "June"), ("Martin", "Martina"), ("Jan", "Jana"), ("Karl", "Karla"),
              ("Simon", "Simone"), ("Marie", "Mario"), ("Anna", "Nina"), ("Tim", "Tom"), ("Luke", "Lucy")]


def slip(word: str, dice: random.Random) -> str:
    """The word with one typing error."""
    if len(word) < 3:
        return word
    at, letter = dice.randrange(1, len(word)), dice.choice(string.ascii_lowercase)
    return [word[:at] + letter + word[at:], word[:at] + word[at + 1:], word[:at] + letter + word[at + 1:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1:]][dice.randrange(4)]


def surnames(count: int, dice: random.Random) -> list[str]:
    """Made-up surnames beside the usual ones."""
    made = {dice.choice(BEGINNINGS) + dice.choice(["", "a", "e", "i", "o", "in", "en", "el"]) + dice.choice(ENDINGS)
            for _ in range(count * 2)}
    return (LAST + sorted(made - set(LAST)))[: count]


def people(count: int, seed: int = 1, twice: float = 0.1) -> Iterator[dict]:
    """`count` rows: households that share address, surname, phone, at times mail; `twice` of them twice."""
    dice = random.Random(seed)
    families = surnames(20_000, dice)
    skew = list(accumulate(1 / (at + 10) for at in range(len(families))))
    given_skew = list(accumulate(1 / (at + 5) for at in range(len(FIRST))))
    streets = [f"{name} {kind}" for name in families[:4_000] for kind in ("street", "road", "lane")]
    cities = [(f"{at + 10_000}", f"{families[at % len(families)]}{dice.choice(['ton', 'ville', ' bay', ''])}")
              for at in range(max(20, count // 500))]
    made = 0
    group = 0
    while made < count:
        surname = dice.choices(families, cum_weights=skew)[0]
        postcode, city = dice.choice(cities)
        home = {"surname": surname, "postcode": postcode, "city": city,
                "street": f"{dice.randrange(1, 200)} {dice.choice(streets)}"}
        shared_phone, shared_mail = _phone(dice), f"{surname}{dice.randrange(99_999)}@example.org"
        taken: set[str] = set()
        for _at in range(dice.choice([1, 1, 1, 2, 2, 3, 4])):
            group += 1
            given = dice.choices(FIRST, cum_weights=given_skew)[0]
            if forms(given) & taken and dice.random() > 0.05:
                continue  # few name a child as they are named themselves
            taken |= forms(given)
            person = {**home, "given_name": given, "group": str(group),
                      "date_of_birth": _born(dice),
                      "phone": shared_phone if dice.random() < 0.4 else _phone(dice),
                      "email": shared_mail if dice.random() < 0.1 else
                      f"{given}.{surname}{dice.randrange(99_999)}@example.com"}
            for copy in range(2 if dice.random() < twice else 1):
                if made < count:
                    made += 1
                    yield {"id": f"{group}-{copy}", **(_again(person, dice) if copy else person)}


def _again(person: dict, dice: random.Random) -> dict:
    """The same person written down another time: shortened, mistyped, moved, or with less."""
    again = dict(person)
    if dice.random() < 0.25:
        others = sorted(forms(again["given_name"]) - {again["given_name"]})
        again["given_name"] = dice.choice(others) if others else again["given_name"]
    for name in dice.sample(["given_name", "surname", "street", "city", "email", "phone", "date_of_birth"], 2):
        chance = dice.random()
        if chance < 0.5:
            again[name] = slip(again[name], dice)
        elif chance < 0.9:
            again[name] = ""
    if dice.random() < 0.1:
        again["given_name"], again["surname"] = again["surname"], again["given_name"]
    if dice.random() < 0.15:
        again["street"], again["phone"] = f"{dice.randrange(1, 200)} {dice.choice(LAST)} street", _phone(dice)
    return again


def _born(dice: random.Random) -> str:
    return f"{dice.randrange(1935, 2010)}{dice.randrange(1, 13):02d}{dice.randrange(1, 29):02d}"


def _phone(dice: random.Random) -> str:
    return f"+49{dice.randrange(30, 999)}{dice.randrange(10**6, 10**7)}"


def name_pairs(count: int, seed: int = 1) -> Iterator[tuple[str, str, int]]:
    """`count` pairs: half of one person (slips, short forms, other scripts, other order, initials), half alike only."""
    dice = random.Random(seed)
    families = [name.title() for name in surnames(6_000, dice)]
    for at in range(count):
        given, family = dice.choice(FIRST).title(), dice.choice(families)
        yield (*_same(given, family, dice), 1) if at % 2 else (*_different(given, family, families, dice), 0)


def _same(given: str, family: str, dice: random.Random) -> tuple[str, str]:
    whole = f"{given} {family}"
    match dice.randrange(11):
        case 0:
            return whole, f"{slip(given, dice)} {family}"
        case 1:
            return whole, f"{given} {slip(family, dice)}"
        case 2:
            others = sorted(forms(given.lower()) - {given.lower()})
            return whole, f"{dice.choice(others).title() if others else given} {family}"
        case 3:
            first, last = dice.choice(CYRILLIC), dice.choice(FAMILIES)
            return f"{first[0]} {last[0]}", f"{dice.choice(first[1:])} {dice.choice(last[1:])}"
        case 4:
            return whole, dice.choice([f"{family}, {given}", f"{family} {given}"])
        case 5:
            return whole, f"{given[0]}. {family}"
        case 6:
            one, other = dice.choice(UMLAUTS)
            return f"{given} {one}", f"{given} {other}"
        case 9:
            first, last = dice.choice(HEBREW), dice.choice(HEBREW_FAMILIES)
            return f"{first[0]} {last[0]}", f"{dice.choice(first[1:])} {dice.choice(last[1:])}"
        case 10:
            first, last = dice.choice(ARABIC), dice.choice(ARABIC_FAMILIES)
            return f"{first[0]} {last[0]}", f"{dice.choice(first[1:])} {dice.choice(last[1:])}"
        case 7:
            return whole, f"{given} {dice.choice(FIRST).title()} {family}"
    return whole.upper(), f"{slip(given, dice)} {slip(family, dice)}"


def _different(given: str, family: str, families: list[str], dice: random.Random) -> tuple[str, str]:
    match dice.randrange(8):
        case 6 | 7 as script:
            firsts, lasts = ((HEBREW, HEBREW_FAMILIES), (ARABIC, ARABIC_FAMILIES))[script - 6]
            first, second = dice.sample(firsts, 2)
            last, another = dice.sample(lasts, 2)
            other = f"{second[1]} {last[1]}" if dice.random() < 0.5 else f"{first[1]} {another[1]}"
            return f"{first[0]} {last[0]}", other
        case 0:
            one, other = dice.choice(NEAR_FAMILIES)
            return f"{given} {one}", f"{given} {other}"
        case 1:
            one, other = dice.choice(NEAR_GIVEN)
            return f"{one} {family}", f"{other} {family}"
        case 2:
            other = next(name for name in iter(lambda: dice.choice(FIRST), "") if name not in forms(given.lower()))
            return f"{given} {family}", f"{other.title()} {family}"
        case 3:
            return f"{given} {family}", f"{given} {dice.choice([name for name in families[:300] if name != family])}"
        case 4:
            letter = dice.choice([each for each in string.ascii_uppercase if each != given[0]])
            return f"{given} {family}", f"{letter}. {family}"
    return f"{given} {family}", f"{dice.choice(FIRST).title()} {dice.choice([n for n in families if n != family])}"
