"""One's own page: what it shows, what is put right on it, and that it is one's own."""

from datetime import date

import pytest

from alongside.conversations import writing
from alongside.conversations.models import Conversation, Message
from alongside.conversations.writing import Address, Letter, answer, receive
from alongside.events.models import Event
from alongside.files.models import File
from alongside.people import belongings, correcting
from alongside.people.belongings import Belonging, Told
from alongside.people.models import CardOpening
from alongside.portal.models import Objection
from alongside.profiles.models import Answer, QuestionSet


@pytest.fixture
def talk(cafe, joe, lena):
    """Joe wrote with a file, Lena noted something."""
    conversation = Conversation.start(inbox=cafe, person=joe, subject="The scone")
    file = File.keep(b"crumbs", name="crumbs.txt")
    receive(conversation, author=joe, sender=Address(joe.email), text="Was it warm?", files=[(file, "", False)])
    writing.note(conversation, "He is cross today.", by=lena.person)
    return conversation


@pytest.fixture
def held(monkeypatch):
    """Something that a room holds of whoever is asked for, by its person's id."""
    monkeypatch.setattr(belongings, "_belongings", dict(belongings._belongings))

    class Puppies(Belonging):
        name, label = "puppies", "Puppies"

        def held(self, person_ids):
            return [Told(what="At home", value=f"Biscuit of {person_ids[0]}", provenance="observed", by="Lena")]

    return belongings.register(Puppies())


def test_it_shows_what_rooms_hold_and_how_we_know_it(at_home, joe, ryan, held):
    page = at_home(joe).get("/my").content.decode()
    assert f"Biscuit of {joe.id}" in page and "We noticed it" in page and "Lena" in page
    assert "joe@hallam.example" in page and "ryan@kessler.example" not in page


def test_they_say_how_they_are_called(at_home, joe):
    browser = at_home(joe)
    assert browser.post("/my/name", {"called": " ", "full_name": ""}).status_code == 422
    assert browser.post("/my/name", {"called": "Joey", "full_name": "Joe Hallam"}).status_code == 302
    joe.refresh_from_db()
    assert joe.called == "Joey"
    assert Event.objects.filter(kind="people.renamed", actor_id=joe.id, subject_id=joe.id).exists()


def test_they_read_what_was_said_and_no_note(at_home, joe, talk):
    browser = at_home(joe)
    assert "The scone" in browser.get("/my").content.decode()
    page = browser.get(f"/my/conversations/{talk.id}").content.decode()
    assert "Was it warm?" in page and "cross today" not in page


def test_they_answer_and_members_have_it(at_home, joe, talk, lena):
    talk.close(by=lena.person)
    browser = at_home(joe)
    assert browser.post(f"/my/conversations/{talk.id}", {"text": " "}).status_code == 422
    assert browser.post(f"/my/conversations/{talk.id}", {"text": "It was."}).status_code == 302
    said = Message.objects.filter(conversation=talk).last()
    assert (said.text, said.author, said.seat) == ("It was.", joe, "yours")
    talk.refresh_from_db()
    assert talk.state == "open"


def test_an_answer_that_has_not_left_yet_is_not_theirs_yet(at_home, joe, talk, lena):
    answer(talk, Letter(text="Sorry!", to=[Address(joe.email)]), by=lena.person, seen_id=10**12)
    assert "Sorry!" not in at_home(joe).get(f"/my/conversations/{talk.id}").content.decode()


def test_nothing_of_others_is_there(at_home, joe, ryan, talk):
    browser = at_home(ryan)
    enclosed = talk.messages.first().enclosures.get().file_id
    for path in (f"/my/conversations/{talk.id}", "/my/conversations/999999999", f"/my/files/{enclosed}", "/my/files/9"):
        assert browser.get(path).status_code == 404
    assert browser.post(f"/my/conversations/{talk.id}", {"text": "Mine"}).status_code == 404
    assert b"".join(at_home(joe).get(f"/my/files/{enclosed}")) == b"crumbs"


def test_a_file_in_a_note_stays_among_colleagues(at_home, joe, talk, lena):
    file = File.keep(b"a sketch of Joe", name="sketch.txt", by=lena.person)
    writing.note(talk, "Look", by=lena.person, files=[file])
    assert at_home(joe).get(f"/my/files/{file.id}").status_code == 404


def test_an_objection_stands_on_the_card_and_is_a_conversation(at_home, joe, talk, signed_in, lena):
    browser = at_home(joe)
    assert "At home: a puppy" in browser.get("/my/objection", {"what": "At home: a puppy"}).content.decode()
    assert browser.post("/my/objection", {"what": "At home: a puppy", "words": "None of yours."}).status_code == 302
    objection = Objection.objects.get(person=joe)
    assert objection.conversation.inbox == talk.inbox
    assert "None of yours." in objection.conversation.messages.get().text
    card = signed_in(lena).get(f"/people/{joe.id}").content.decode()
    assert "At home: a puppy" in card and f"/conversations/{objection.conversation_id}" in card
    assert "At home: a puppy" in browser.get("/my").content.decode()


def test_without_an_inbox_an_objection_is_kept_all_the_same(at_home, joe):
    assert at_home(joe).post("/my/objection", {"what": "My name", "words": ""}).status_code == 302
    assert Objection.objects.get(person=joe).conversation is None


def test_a_room_lets_its_lines_be_put_right_by_their_person_only(at_home, joe, monkeypatch):
    monkeypatch.setattr(correcting, "_correctables", {})
    said = []

    class Puppies(correcting.Correctable):
        name = "puppies"

        def lines(self, person):
            return [correcting.Line(7, "Your dog", "Biscuit")]

        def correct(self, person, id, value):
            if value == "no":
                raise ValueError("A dog has a name.")
            said.append((person, id, value))
            return id == 7

    correcting.register(Puppies())
    browser = at_home(joe)
    assert "Your dog" in browser.get("/my").content.decode()
    for told in ({"room": "puppies", "id": "7", "value": "Rex"}, {"room": "cats", "id": "7"},
                 {"room": "puppies", "id": "x"}, {"room": "puppies", "id": "7", "value": "no"}):
        assert browser.post("/my/correct", told).status_code == 302
    assert said == [(joe, 7, "Rex")]


def test_who_looked_at_the_card_is_noted_once_in_a_while(at_home, joe, lena):
    for _ in range(3):
        CardOpening.note(joe.id, lena.person_id)
    CardOpening.note(joe.id, joe.id)
    assert CardOpening.objects.count() == 1
    assert "Lena" in at_home(joe).get("/my").content.decode()


def test_nobody_without_a_visit_reaches_the_pages_behind_the_door(client, joe, talk):
    for path in (f"/my/conversations/{talk.id}", "/my/objection"):
        assert client.get(path)["Location"] == "/my"
    for path in ("/my/name", "/my/correct"):
        assert client.post(path, {"called": "X"})["Location"] == "/my"
        by_script = client.post(path, {"called": "X"}, headers={"Accept": "text/vnd.turbo-stream.html, text/html"})
        assert (by_script.status_code, by_script["X-Sign-In"]) == (401, "/my")


def test_opening_a_card_is_noted_also_beside_a_conversation(signed_in, lena, joe, ryan, at_home):
    browser = signed_in(lena)
    for _ in range(2):
        assert browser.get(f"/people/{joe.id}").status_code == 200
    assert browser.get(f"/people/{ryan.id}/card", headers={"Turbo-Frame": "card"}).status_code == 200
    assert sorted(CardOpening.objects.values_list("person", "by")) == sorted(
        [(joe.id, lena.person_id), (ryan.id, lena.person_id)])


def test_a_note_says_that_its_person_may_read_it(signed_in, lena, talk):
    assert "the person may read it one day" in signed_in(lena).get(f"/conversations/{talk.id}").content.decode()


def test_they_write_on_their_own_card(at_home, joe):
    browser = at_home(joe)
    browser.post("/my/correct", {"room": "card", "id": "1", "value": "Oat milk, always"})
    browser.post("/my/correct", {"room": "card", "id": "2", "value": "de"})
    browser.post("/my/correct", {"room": "card", "id": "2", "value": "tlh"})
    joe.refresh_from_db()
    assert (joe.what_matters, joe.language) == ("Oat milk, always", "de")
    assert browser.get("/my")["Content-Language"] == "de"


def test_they_write_down_their_birthday_and_zone_and_take_them_away(at_home, joe):
    browser = at_home(joe)

    def says(id, value):
        browser.post("/my/correct", {"room": "card", "id": id, "value": value})
        joe.refresh_from_db()
        return browser.get("/my").content.decode()

    says("3", "1988-05-03")
    page = says("4", "Europe/Lisbon")
    assert (joe.born, joe.zone) == (date(1988, 5, 3), "Europe/Lisbon")
    assert 'value="1988-05-03"' in page and 'value="Europe/Lisbon"' in page
    assert "such as 1988-05-03" in says("3", "3rd of May") and "the year once more" in says("3", "2988-05-03")
    assert "do not know this zone" in says("4", "Mars/Olympus")
    assert (joe.born, joe.zone) == (date(1988, 5, 3), "Europe/Lisbon")
    says("3", ""), says("4", "")
    assert (joe.born, joe.zone) == (None, "")


def test_of_much_the_newest_is_shown_at_once_and_the_rest_behind_a_click(at_home, joe, monkeypatch):
    monkeypatch.setattr(belongings, "_belongings", {})

    class Mornings(Belonging):
        name, label = "mornings", "Mornings"

        def held(self, person_ids):
            return [Told(what="A morning", value=f"Scone {number}") for number in range(8)]

    belongings.register(Mornings())
    at_once, _summary, folded = at_home(joe).get("/my").content.decode().partition("3 more, from before")
    assert "Scone 7" in at_once and "Scone 3" in at_once and "Scone 2" not in at_once
    assert all(f"Scone {number}" in folded for number in range(3))


def test_the_door_answers_a_browser_that_takes_no_page_for_an_answer_to_a_form(client, at_home, joe):
    """Turbo drops a page that answers a form with 200, so such a form is sent without it."""
    assert 'data-turbo="false"' in client.get("/my").content.decode()
    assert 'class="form" data-turbo="false"' in at_home(joe).get("/my/forget").content.decode()


def test_it_says_in_words_who_confirmed_an_answer_and_what_became_of_one(at_home, joe, lena, admin):
    asked = QuestionSet.make("Buyer").add(words="Why early?")
    thought = Answer.give(joe, asked, "The bus", provenance="guessed", by=admin.person)
    looked = Answer.give(joe, asked, "To read", provenance="observed", by=admin.person)
    looked.choose(by=lena.person, how="verified")
    browser = at_home(joe)
    page = browser.get("/my").content.decode().partition('id="profiles"')[2].partition('id="talks"')[0]
    assert "Lena looked at it together with you" in page and "You confirmed it" not in page
    assert "since then: another answer took its place" in page
    assert f"answer: {thought.pk}" not in page and "state:" not in page
    looked.confirm(by=joe)
    page = browser.get("/my").content.decode().partition('id="profiles"')[2]
    assert "You confirmed it" in page and "looked at it together" not in page
    Answer.give(joe, asked, "The light", provenance="told", by=joe)
    assert "You told us" in browser.get("/my").content.decode()
