"""The settings page of saved replies: whoever leads keeps them, every member reads them."""

import pytest

from alongside.conversations.models import SavedReply
from alongside.conversations.replies import keep
from alongside.members.models import Member, Team

PAGE = "/settings/saved-replies"


@pytest.fixture
def lead(counter_team):
    """Carla leads the counter."""
    return Member.welcome(email="carla@cafe.example", called="Carla", role="lead", teams=[counter_team])


@pytest.fixture
def hello(owner):
    """A reply for everyone."""
    return keep("Hello", "{greeting} {person}, we have it.", by=owner.person)


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_house_without_any_says_what_they_are(signed_in, lead, lena):
    assert "No saved replies yet" in text_of(signed_in(lead).get(PAGE))
    html = text_of(signed_in(lena).get(PAGE))
    assert "No saved replies yet" in html and f"{PAGE}/new" not in html


def test_one_is_made_changed_and_removed(signed_in, lead, counter_team, happened):
    desk = signed_in(lead)
    assert "{organisation}" in text_of(desk.get(f"{PAGE}/new"))
    made = desk.post(f"{PAGE}/new", {"name": "Folder", "text": "We have it,\n{person}.", "team": counter_team.id})
    reply = SavedReply.objects.get()
    assert made.url == PAGE and (reply.name, reply.team, reply.by) == ("Folder", counter_team, lead.person)
    page = f"{PAGE}/{reply.id}"
    assert "{person}.</textarea>" in text_of(desk.get(page)) and "Folder" in text_of(desk.get(PAGE))
    assert desk.post(page, {"name": "The folder", "text": "It is here.", "team": ""}).url == PAGE
    reply.refresh_from_db()
    assert (reply.name, reply.text, reply.team) == ("The folder", "It is here.", None)
    assert desk.post(f"{page}/removal").url == PAGE
    assert not SavedReply.objects.exists() and desk.get(page).status_code == 404
    assert happened() == ["reply_saved", "reply_saved", "reply_forgotten"]


def test_what_is_wrong_is_said_at_its_field_and_the_words_are_kept(signed_in, lead):
    desk = signed_in(lead)
    wrong = desk.post(f"{PAGE}/new", {"name": "Folder", "text": "Dear {customer}, {person}"})
    html = text_of(wrong)
    assert wrong.status_code == 422 and "“{customer}” is none of the places that fill themselves" in html
    assert 'id="id_text_wrong"' in html and "Dear {customer}, {person}</textarea>" in html
    for told in ({"name": "", "text": "x"}, {"name": "x", "text": " \n"}, {"name": "x", "text": "x" * 300_000}):
        assert desk.post(f"{PAGE}/new", told).status_code == 422
    assert not SavedReply.objects.exists()


def test_every_member_reads_and_none_below_a_lead_writes(signed_in, lena, hello):
    desk = signed_in(lena)
    html = text_of(desk.get(PAGE))
    assert "{greeting} {person}, we have it." in html and f"{PAGE}/{hello.id}" not in html
    assert {desk.get(f"{PAGE}/{hello.id}").status_code, desk.post(f"{PAGE}/{hello.id}/removal").status_code} == {403}
    assert desk.post(f"{PAGE}/new", {"name": "x", "text": "x"}).status_code == 403


def test_a_lead_keeps_those_of_their_own_teams(signed_in, lead, admin):
    night = Team.objects.create(name="Night")
    theirs = keep("Night", "We are closed.", by=admin.person, team=night)
    desk = signed_in(lead)
    assert desk.get(f"{PAGE}/{theirs.id}").status_code == 404 and "We are closed" not in text_of(desk.get(PAGE))
    assert desk.post(f"{PAGE}/new", {"name": "x", "text": "x", "team": night.id}).status_code == 422
    assert "We are closed" in text_of(signed_in(admin).get(f"{PAGE}/{theirs.id}"))


def test_the_composers_list_leads_there_whoever_may_change_them(signed_in, lead, lena, folder, hello):
    path = f"/conversations/{folder.id}/saved-replies?q="
    offered = signed_in(lead).get(path).json()["results"]
    assert [each["name"] for each in offered] == ["Hello", "Change them"] and offered[-1]["href"] == PAGE
    assert [each["name"] for each in signed_in(lead).get(f"{path}hel").json()["results"]] == ["Hello"]
    assert [each["name"] for each in signed_in(lena).get(path).json()["results"]] == ["Hello"]


def test_the_composers_list_is_never_silent(signed_in, lead, lena, folder):
    path = f"/conversations/{folder.id}/saved-replies?q="
    for member, words in ((lead, "Write the first one"), (lena, "No saved replies yet")):
        (only,) = signed_in(member).get(path).json()["results"]
        assert (only["name"], only["href"]) == (words, PAGE)
