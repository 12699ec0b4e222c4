"""People as members see them: the list, the card, and what is written down."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from alongside.events.models import Event
from alongside.people.birthdays import near
from alongside.people.local_time import local_time
from alongside.people.models import Person


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


def text_of(answer) -> str:
    return answer.content.decode()


def test_everyone_stands_in_the_list_by_name_in_any_script(desk, joe, ryan):
    for name in ("Ännchen", "Zoë", "娜娜", "يوسف", "Борис"):
        Person.meet(called=name)
    html = text_of(desk.get("/people"))
    places = [html.index(f"<bdi>{name}</bdi>") for name in ("Ännchen", "Joe", "Ryan", "Zoë")]
    assert places == sorted(places) and "娜娜" in html and "يوسف" in html


def test_the_list_is_searched_by_beginnings(desk, joe, ryan):
    html = text_of(desk.get("/people?q=kess"))
    assert "Ryan" in html and "Hallam" not in html
    assert "Ryan" in text_of(desk.get("/people?q=ryan@k"))
    assert "Nobody by that name yet" in text_of(desk.get("/people?q=zzz"))


def test_the_list_goes_on_by_key(desk):
    for number in range(60):
        Person.meet(called=f"Guest {number:02}")
    page = text_of(desk.get("/people"))
    href = page.split('data-endless-target="link"')[0].rsplit('href="', 1)[1].split('"')[0]
    more = text_of(desk.get(href))
    first, second = ({f"Guest {n:02}" for n in range(60) if f">Guest {n:02}<" in html} for html in (page, more))
    assert first | second == {f"Guest {n:02}" for n in range(60)} and not first & second
    assert desk.get("/people?after=broken").status_code == 400


def test_someone_new_is_written_down(desk):
    answer = desk.post("/people/new", {"called": "Ida", "full_name": "Ida Okafor", "email": "ida@okafor.example",
                                       "what_matters": "Told half the street about us.", "zone": "Africa/Lagos"})
    ida = Person.objects.get(called="Ida")
    assert answer.url == f"/people/{ida.id}" and ida.email == "ida@okafor.example"
    html = text_of(desk.get(answer.url))
    assert "Told half the street" in html and "in Lagos" in html and "Write to Ida" in html


@pytest.mark.parametrize("fields, words", [
    ({}, "Write a name"), ({"called": "Ida", "email": "ida@"}, "email"), ({"called": "Ida", "zone": "Mars"}, "zone"),
    ({"called": "Ida", "born": "2990-01-01"}, "the year once more"), ({"called": "Ida", "born": "soon"}, "born"),
])
def test_what_cannot_be_written_down_is_shown_again(desk, fields, words):
    answer = desk.post("/people/new", fields)
    assert answer.status_code == 422 and words in text_of(answer) and "aria-invalid" in text_of(answer)
    assert not Person.objects.filter(called="Ida").exists()


def test_the_card_is_changed_and_the_ledger_knows_who_did(desk, ryan, lena):
    desk.post(f"/people/{ryan.id}/edit", {"called": "Ryan K.", "full_name": "Ryan Kessler", "zone": "",
                                          "what_matters": "Mornings are tight.", "language": "de"})
    ryan.refresh_from_db()
    assert (ryan.called, ryan.what_matters, ryan.language) == ("Ryan K.", "Mornings are tight.", "de")
    told = Event.objects.filter(kind__in=["people.renamed", "people.described"], subject_id=ryan.id)
    assert {event.actor_id for event in told} == {lena.person_id}
    assert "Mornings" not in str(list(told.values_list("data", flat=True)))
    assert desk.post(f"/people/{ryan.id}/edit", {"called": "Ryan", "zone": "Nowhere/At all"}).status_code == 422


def test_addresses_are_added_and_taken_off(desk, ryan):
    wrong = desk.post(f"/people/{ryan.id}/identities", {"kind": "email", "value": "ryan at kessler"})
    assert wrong.status_code == 422 and "does not look like a mail address" in text_of(wrong)
    assert desk.post(f"/people/{ryan.id}/identities", {"kind": "phone", "value": "abc"}).status_code == 422
    desk.post(f"/people/{ryan.id}/identities", {"kind": "phone", "value": "+44 161 555 0188"})
    phone = ryan.identities.get(kind="phone")
    assert "+44 161 555 0188" in text_of(desk.get(f"/people/{ryan.id}"))
    desk.post(f"/people/{ryan.id}/identities/{phone.id}/remove")
    assert not ryan.identities.filter(kind="phone").exists()
    assert Event.objects.filter(kind="people.identity_removed", subject_id=ryan.id).exists()


def test_an_address_of_someone_else_is_not_taken_off(desk, ryan, joe):
    theirs = joe.identities.get()
    assert desk.post(f"/people/{ryan.id}/identities/{theirs.id}/remove").status_code == 404
    assert joe.identities.exists()


def test_nobody_there_is_a_404(desk, ryan):
    for path in ("", "/card", "/edit", "/identities", "/timeline"):
        assert desk.get(f"/people/999999{path}").status_code == 404, path


def test_words_are_text_in_every_field(desk, ryan, lena):
    bad = '"><img src=x onerror=alert(1)>'
    desk.post(f"/people/{ryan.id}/edit", {"called": bad, "full_name": bad + "2", "what_matters": bad})
    desk.post(f"/people/{ryan.id}/identities", {"kind": "handle", "value": bad})
    for path in ("/people", f"/people/{ryan.id}", f"/people/{ryan.id}/edit", f"/people/{ryan.id}/identities",
                 "/find?q=img"):
        assert "<img src=x" not in text_of(desk.get(path)), path
    card = text_of(desk.get(f"/people/{ryan.id}/card", headers={"Turbo-Frame": "about"}))
    assert "<img src=x" not in card


def test_a_birthday_is_written_down_shown_and_taken_away(desk, ryan):
    at = f"/people/{ryan.id}"
    about = {"called": "Ryan", "full_name": "Ryan Kessler"}
    tomorrow = timezone.localdate() + timedelta(days=1)
    born = date(1976, tomorrow.month, tomorrow.day)
    desk.post(f"{at}/edit", {**about, "born": born.isoformat()})
    card = text_of(desk.get(at))
    assert date_format(born) in card and "their birthday is tomorrow" in card
    assert f'value="{born.isoformat()}"' in text_of(desk.get(f"{at}/edit"))
    desk.post(f"{at}/edit", {**about, "born": ""})
    assert "Born on" not in text_of(desk.get(at))


@pytest.mark.parametrize("today, words", [
    ("2026-02-28", "their birthday is tomorrow"), ("2026-03-01", "it is their birthday today"),
    ("2028-02-28", "their birthday is tomorrow"), ("2028-02-29", "it is their birthday today"),
    ("2026-02-14", ""), ("2026-02-20", "their birthday is in 9 days"), ("2026-03-02", ""),
])
def test_a_birthday_on_the_rarest_day(today, words):
    assert near(date(1988, 2, 29), date.fromisoformat(today)) == words


def test_the_hour_where_they_are():
    at = local_time("Asia/Tokyo", datetime(2026, 2, 24, 20, 5, tzinfo=UTC))
    assert at.words == "5:05" and at.place == "Tokyo" and at.asleep
    assert local_time("") is None and local_time("Mars/Olympus") is None and local_time("../etc/passwd") is None


@pytest.mark.parametrize("phone", ["ab", "call me maybe", "12"])
def test_a_phone_without_figures_is_told_and_everything_stays_in_the_form(desk, phone):
    answer = desk.post("/people/new", {"called": "Ola", "phone": phone})
    html = text_of(answer)
    assert answer.status_code == 422 and "A phone number has at least three figures." in html
    assert f'value="{phone}"' in html and 'value="Ola"' in html and not Person.objects.filter(called="Ola").exists()


def test_what_a_person_wrote_at_length_about_themself_does_not_close_their_card_to_others(desk, joe, lena):
    words = "Oat milk. " * 900
    joe.describe(by=joe, what_matters=words.strip())
    told = {"called": "Joe", "full_name": "Joe Hallam", "what_matters": words.strip(), "zone": "Europe/Lisbon"}
    assert desk.post(f"/people/{joe.pk}/edit", told).status_code == 302
    joe.refresh_from_db()
    assert joe.zone == "Europe/Lisbon" and joe.what_matters == words.strip()
