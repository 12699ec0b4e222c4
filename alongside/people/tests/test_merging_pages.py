"""How members make two records one person, and two again; and what the card shows of all that hang together."""

from datetime import date

import pytest

from alongside.people.merging import merge
from alongside.people.models import Merging, Person, Relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


@pytest.fixture
def joseph(joe):
    """Joe once more, from a letter."""
    return Person.meet(full_name="Joseph Hallam", email="joseph@letters.example", what_matters="Oat milk")


def text_of(answer) -> str:
    return answer.content.decode()


def card_of(desk, person) -> str:
    """What stands on their page beside the timeline, which keeps what was."""
    return text_of(desk.get(f"/people/{person.id}")).partition("<aside")[2]


def test_the_other_record_is_found_seen_beside_it_and_made_one(desk, joe, joseph):
    found = text_of(desk.get(f"/people/{joe.id}/merging?q=joseph"))
    assert f"/people/{joe.id}/merging/{joseph.id}" in found and f"/merging/{joe.id}\"" not in found
    Person.objects.filter(pk=joe.pk).update(born=date(1961, 4, 2))
    Person.objects.filter(pk=joseph.pk).update(born=date(1961, 2, 4))
    preview = text_of(desk.get(f"/people/{joe.id}/merging/{joseph.id}"))
    assert "joe@hallam.example" in preview and "joseph@letters.example" in preview and "Oat milk" in preview
    assert preview.count('name="born"') == 2 and preview.count('name="full_name"') == 2
    chosen = {"born": "taken", "full_name": "kept", "why": "He said so"}
    answer = desk.post(f"/people/{joseph.id}/merging/{joe.id}", chosen)
    assert answer.url == f"/people/{joe.id}"
    joe.refresh_from_db()
    assert (joe.born, joe.full_name, joe.what_matters) == (date(1961, 2, 4), "Joe Hallam", "Oat milk")
    page = text_of(desk.get(answer.url))
    assert "joseph@letters.example" in page and "Two records are shown as one" in page and "by Lena" in page


def test_a_taken_record_leads_to_whoever_stands_for_it(desk, joe, joseph, lena):
    merge(joe, joseph, by=lena.person)
    assert desk.get(f"/people/{joseph.id}?after=").url == f"/people/{joe.id}?after="
    card = text_of(desk.get(f"/people/{joseph.id}/card", headers={"Turbo-Frame": "about"}))
    assert f"person:{joe.id}" in card and "joseph@letters.example" in card
    people = text_of(desk.get("/people"))
    assert f"/people/{joe.id}" in people and f"/people/{joseph.id}\"" not in people
    assert "joe@hallam.example" in text_of(desk.get("/people/complete?q=joseph"))


def test_addresses_of_the_cluster_are_preferred_and_taken_off_whichever_row_they_hang_on(desk, joe, joseph, lena):
    merge(joe, joseph, by=lena.person)
    theirs = joseph.identities.get()
    assert Person.objects.get(pk=joe.pk).email == "joe@hallam.example"
    desk.post(f"/people/{joe.id}/identities/{theirs.id}/prefer")
    assert Person.objects.get(pk=joe.pk).email == "joseph@letters.example"
    desk.post(f"/people/{joe.id}/identities", {"kind": "email", "value": "Joseph@Letters.example"})
    assert joe.identities.count() == 1
    desk.post(f"/people/{joe.id}/identities/{theirs.id}/remove")
    assert not joseph.identities.exists()


def test_whoever_cannot_be_merged_is_told_why(desk, joe, teller, owner):
    house = Person.meet(full_name="Hallam & Sons", kind="organisation")
    for one, other, words in ((joe, joe, "one person already"), (joe, house, "the other an organisation"),
                              (teller.person, owner.person, "sign in here")):
        assert words in text_of(desk.get(f"/people/{one.id}/merging/{other.id}"))
        assert desk.post(f"/people/{one.id}/merging/{other.id}").status_code == 409
    assert not Merging.objects.exists()


def test_they_are_parted_and_what_came_since_goes_to_whom_one_says(desk, joe, joseph, lena):
    merging = merge(joe, joseph, by=lena.person)
    joe.refresh_from_db()
    phone = joe.reach_at("phone", "+44 161 555 0188", by=lena.person)
    page = text_of(desk.get(f"/people/mergings/{merging.id}"))
    assert "+44 161 555 0188" in page and f'name="identities-{phone.id}"' in page
    answer = desk.post(f"/people/mergings/{merging.id}", {f"identities-{phone.id}": "taken"})
    assert answer.url == f"/people/{joseph.id}"
    assert joseph.identities.filter(kind="phone").exists() and not joe.identities.filter(kind="phone").exists()
    assert desk.get(f"/people/mergings/{merging.id}").status_code == 404
    assert "Two records are shown" not in text_of(desk.get(f"/people/{joe.id}"))


def test_what_came_since_stays_unless_one_says_otherwise(desk, joe, joseph, lena):
    merging = merge(joe, joseph, by=lena.person)
    joe.refresh_from_db()
    joe.reach_at("phone", "+44 161 555 0188", by=lena.person)
    desk.post(f"/people/mergings/{merging.id}")
    assert joe.identities.filter(kind="phone").exists()


def test_people_belong_together_until_it_ends(desk, ryan, austin, joe, lena):
    page = text_of(desk.get(f"/people/{ryan.id}/relations?q=aus"))
    assert f"/people/{ryan.id}/relations?with={austin.id}" in page
    assert "parent of" in text_of(desk.get(f"/people/{ryan.id}/relations?with={austin.id}"))
    desk.post(f"/people/{austin.id}/relations", {"with": ryan.id, "kind": "parent:back", "words": "every second week"})
    relation = Relation.objects.get()
    assert (relation.one, relation.other) == (ryan, austin)
    assert "child of" in text_of(desk.get(f"/people/{austin.id}"))
    assert "every second week" in card_of(desk, ryan)
    assert desk.post(f"/people/{joe.id}/relations/{relation.id}/end").status_code == 404
    desk.post(f"/people/{ryan.id}/relations/{relation.id}/end")
    relation.refresh_from_db()
    assert relation.until and "every second week" not in card_of(desk, ryan)


def test_relations_are_those_of_the_whole_cluster_once(desk, joe, joseph, ryan, lena):
    for one in (joe, joseph):
        Relation.tie(one, ryan, "household", by=lena.person)
    Relation.tie(joe, joseph, "colleague", by=lena.person)
    merge(joe, joseph, by=lena.person)
    card = card_of(desk, joe)
    assert card.count("lives with") == 2 and "colleague of" not in card  # the bond, and the label of its button
    desk.post(f"/people/{joe.id}/relations/{Relation.objects.filter(one=joseph, kind='household').get().id}/end")
    assert "lives with" not in card_of(desk, joe)


@pytest.mark.parametrize("sent, status", [({"kind": "household"}, 404), ({"with": "x", "kind": "household"}, 404),
                                          ({"with": "{ryan}", "kind": "sworn enemy"}, 422), ({"with": "{joe}"}, 404)])
def test_a_broken_relation_is_not_written(desk, joe, ryan, sent, status):
    sent = {name: value.format(ryan=ryan.id, joe=joe.id) for name, value in sent.items()}
    assert desk.post(f"/people/{joe.id}/relations", sent).status_code == status
    assert not Relation.objects.exists()


def test_an_organisation_is_written_down_as_one(desk):
    answer = desk.post("/people/new", {"full_name": "Marchand & Fils", "kind": "organisation"})
    house = Person.objects.get(full_name="Marchand & Fils")
    assert house.kind == "organisation" and "An organisation." in text_of(desk.get(answer.url))
    desk.post(f"/people/{house.id}/edit", {"full_name": "Odile Marchand", "kind": "human"})
    house.refresh_from_db()
    assert house.kind == "human"
