"""Whoever is meant is found by what was typed, said or scanned, and told why."""

from datetime import date

import pytest
from django.utils import timezone

from alongside.lib.principal import ANONYMOUS
from alongside.people import cli
from alongside.people.merging import merge, unmerge
from alongside.people.models import Address, KnownWord, Person, RecognitionKeys
from alongside.people.recognising import recognise
from alongside.people.recognition_keys import rebuild
from alongside.people.renewing import renew


@pytest.fixture
def ask(lena):
    """Who is found for some words, by name, in order."""
    return lambda words, limit=8: [found.person.name for found in recognise(lena.principal(), words, limit)]


@pytest.fixture
def joseph(db):
    """A regular with a phone, a birthday and a street."""
    person = Person.meet(full_name="Joseph Hallam", phone="+49 171 2345678", email="joseph.hallam@post.example",
                         born=date(1985, 4, 3))
    Address.objects.create(person=person, street="Lindenstraße 12", postcode="10115", city="Berlin")
    return person


@pytest.mark.parametrize("words", [
    "joseph hallam", "hallam joseph", "HALLAM", "hal", "jo hallam", "Joe", "josef", "halam", "josph hallma",
    "halllam jsoeph", "hallam 4567", "345678", "0171 2345678", "0171/234 56-78", "+49 (0)171 2345678",
    "0049 171 2345678", "171", "hallam 1985", "3.4.1985", "1985-04-03", "03041985 hallam", "hallam lindenstr",
    "lindenstrasse 12", "hallam berlin", "hallam 10115", "joseph.hal", "joseph.hallam@post.example",
    "joseph.halam@pots.example", "1985 hallam joseph", "hallam 1986 joseph", "joseph hallam 4576",
])
def test_everything_known_finds(ask, joseph, ryan, words):
    assert ask(words)[0] == "Joseph Hallam"


@pytest.mark.parametrize(("name", "words"), [
    ("Zoë Müller", "zoe mueller"), ("Zoë Müller", "zoe muller"), ("Иван Петров", "ivan petrov"),
    ("Иван Петров", "петров"), ("王小明", "wang xiaoming"), ("王小明", "王小明"), ("محمد علي", "محمد"),
    ("Siobhán O’Neil", "oneil"), ("Jean-Luc Picard", "jeanluc"), ("X", "x"), ("🌻", "🌻"), ("A" * 90, "a" * 90),
    ("דוד כהן", "david"), ("David Kohn", "דוד"), ("משה לוי", "moshe levy"), ("משה לוי", "moses"),
    ("אלמוג שטרן", "almog"), ("محمد علي", "muhammad"), ("أحمد حداد", "ahmad haddad"), ("عبد الله", "abdullah"),
    ("Michael Weber", "mischa weber"),
    ("Anne Meyer", "anne maier"), ("Robert'); DROP", "robert'); drop"), ("Mihály", "mihaly"),
])
def test_any_script_and_any_length(ask, name, words):
    Person.meet(full_name=name)
    Person.meet(full_name="Bob Brown")
    assert ask(words)[0] == name


@pytest.mark.parametrize("words", [
    "", "   ", "\x00", "'", "\\", "!&|<->", ":*", "%", "@", "1", "ab" * 4000, "😀😀", "\u202eabc",
])
def test_nonsense_finds_nobody_and_breaks_nothing(ask, joseph, words):
    assert ask(words) in ([], ["Joseph Hallam"])


def test_the_reasons_are_said(lena, joseph):
    found = recognise(lena.principal(), "jo hallam 4567")[0]
    assert {reason.kind for reason in found.reasons} == {"nickname", "name", "phone"} and not found.certain
    assert all(reason.words for reason in found.reasons)
    assert [reason.kind for reason in recognise(lena.principal(), "Hallem")[0].reasons] == ["typo"]


@pytest.mark.parametrize(("words", "why"), [
    ("joseph hallam", "same name"), ("hallam", "this is in the name"), ("hallam 1985", "this is in the name"),
    ("hallam.example", "this is in the name"), ("joseph hallam berlin", "same name"),
    ("Joseph Weber", "this is in the name"),
])
def test_the_same_name_is_said_of_a_whole_name_alone(lena, joseph, words, why):
    (said,) = [reason.words for reason in recognise(lena.principal(), words)[0].reasons if reason.kind == "name"]
    assert said == why


@pytest.mark.parametrize("words", ["джо", "Джо", "джо халлам"])
def test_a_name_written_by_ear_in_another_script_is_found_as_it_sounds(lena, joe, ryan, words):
    for _each in range(3):  # Josefine may be called so, and Jo; nobody hears the one in the other
        Person.meet(full_name="Fina Weber")
    found = recognise(lena.principal(), words)
    assert [each.person for each in found] == [joe]
    assert "name sounds alike" in [reason.words for reason in found[0].reasons]


@pytest.mark.parametrize(("words", "name"), [("Джон Смит", "John Smith"), ("джек", "Jack Daniels")])
def test_further_names_by_ear(ask, joe, words, name):
    Person.meet(full_name=name)
    assert ask(words)[0] == name


@pytest.mark.parametrize(("name", "words"), [
    ("Джо Халлам", "joe"), ("Джо Халлам", "joe halam"), ("Џон Петровић", "john"), ("Джессика Ли", "jessica"),
    ("Джульетта Росси", "julietta"), ("Дж" + "щ" * 80, "dzh"),
])
def test_whoever_is_written_down_by_ear_is_found_in_our_letters(ask, name, words):
    Person.meet(full_name=name)
    assert ask(words)[0] == name


def test_a_card_says_who_it_is_unless_two_have_it(lena, joseph, ryan):
    joseph.reach_at("card", "LC-0042")
    found = recognise(lena.principal(), "lc-0042")
    assert [each.person for each in found] == [joseph] and found[0].certain
    ryan.reach_at("card", "LC-0042")
    found = recognise(lena.principal(), "LC-0042")
    assert {each.person for each in found} == {joseph, ryan} and not any(each.certain for each in found)
    assert all("shared" in {reason.kind for reason in each.reasons} for each in found)


def test_only_a_verified_address_is_certain(lena, joseph, ryan):
    assert not recognise(lena.principal(), "joseph.hallam@post.example")[0].certain
    joseph.identities.filter(kind="email").update(verified_at=timezone.now())
    assert recognise(lena.principal(), "joseph.hallam@post.example")[0].certain


def test_whoever_was_merged_is_found_as_who_stands_for_them(ask, lena, joseph, owner):
    other = Person.meet(full_name="Giuseppe Montalbano", phone="030 998877")
    merging = merge(joseph, other, by=owner.person)
    assert ask("montalbano") == ["Joseph Hallam"] and ask("hallam 998877") == ["Joseph Hallam"]
    unmerge(merging, by=owner.person)
    assert ask("montalbano") == ["Giuseppe Montalbano"] and ask("hallam") == ["Joseph Hallam"]


def test_what_changed_is_found_and_what_was_is_not(ask, joseph, owner):
    joseph.rename(called="", full_name="Ottokar Grünwald", by=owner.person)
    joseph.identities.filter(kind="email").delete()
    joseph.addresses.all().delete()
    assert ask("ottokar") and not ask("hallam") and not ask("lindenstrasse")
    assert not KnownWord.objects.filter(word__in=["hallam", "joseph", "lindenstrasse"]).exists()


def test_nothing_of_a_deleted_person_is_kept(joseph, ryan):
    joseph.delete()
    assert set(RecognitionKeys.objects.values_list("person", flat=True)) >= {ryan.pk}
    assert not KnownWord.objects.filter(word__in=["hallam", "berlin", "lindenstrasse"]).exists()
    assert KnownWord.objects.filter(word="kessler").exists()


def test_an_update_behind_our_back_is_made_good(ask, joseph):
    Person.objects.filter(pk=joseph.pk).update(full_name="Ottokar Grünwald")
    renew([joseph.pk])
    assert ask("ottokar grunwald")
    Person.objects.filter(pk=joseph.pk).update(full_name="Hubertus Sandmann")
    rebuild()
    assert ask("sandmann") and not ask("ottokar")


def test_the_likeliest_comes_first(ask):
    for year in range(1960, 1992):
        Person.meet(full_name="Maria Schmidt", called=f"Maria {year}", born=date(year, 1, 1))
    assert ask("maria schmidt 1977")[0] == "Maria 1977"
    assert "Maria 1977" in ask("maria schmitd 1977", 3) and "Maria 1977" in ask("mraia schmitd 1977", 3)
    assert "Maria 1977" in ask("maria schmidt 1797", 3)


def test_a_year_with_a_slip_finds_whoever_was_born_nearest_to_it(ask):
    for year in range(1960, 1992):
        Person.meet(full_name="Maria Schmidt", called=f"Maria {year}", born=date(year, 1, 1),
                    phone=f"+49 151 5177{year}")
    assert "Maria 1977" in ask("maria schmidt 177", 3)
    assert "Maria 1983" in ask("maria schmidt 19833", 3) and "Maria 1974" in ask("maria schmidt 9174", 3)


def test_whose_number_is_nearly_so_is_found_beside_whose_year_is(ask):
    Person.meet(full_name="Maria Schmidt", called="Born then", born=date(1941, 1, 1))
    Person.meet(full_name="Maria Schmidt", called="Calls from there", phone="+49 171 5511461")
    assert set(ask("maria schmidt 1141", 3)) == {"Born then", "Calls from there"}


def test_nobody_else_may_ask(joseph):
    assert recognise(ANONYMOUS, "hallam") == []


def test_the_list_of_people_finds_with_mistakes_and_says_why(signed_in, lena, joseph, ryan):
    page = signed_in(lena).get("/people?q=hallem+1985").content.decode()
    assert "Joseph Hallam" in page and "Ryan" not in page
    assert "name is written almost so · born in that year" in page


def test_the_palette_finds_by_a_phone_number(signed_in, lena, joseph):
    assert f"/people/{joseph.pk}" in signed_in(lena).get("/find?q=0171+2345678").content.decode()


def test_figures_behind_a_mail_name_are_no_word(joseph):
    joseph.reach_at("email", "joseph.hallam85@post.example")
    assert not KnownWord.objects.filter(word__contains="85").exists()


def test_everyone_is_recognised_again_after_a_load_that_went_past_us(ask, joseph, capsys):
    RecognitionKeys.objects.all().delete()
    assert not ask("joseph berlin")
    assert cli.main(["reindex"]) == 0
    assert ask("joseph berlin") == ["Joseph Hallam"] and "people are recognised" in capsys.readouterr().out
