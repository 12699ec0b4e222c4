"""Nobody finds what they may not see; a person never finds a note."""

import pytest

from alongside.conversations.writing import Address, Letter, answer, note
from alongside.files.models import File
from alongside.lib.principal import ANONYMOUS, Principal
from alongside.search.finding import find
from alongside.search.models import SearchDocument


@pytest.fixture
def letters(speaks, says, joe, ryan, cafe, branch):
    speaks("en")
    return says(joe, "secret of the café").conversation, says(ryan, "secret of the bank", inbox=branch).conversation


def as_person(person):
    return Principal(kind="person", person_id=person.id)


def test_members_find_what_their_teams_serve(letters, texts, lena, teller, owner):
    assert texts(lena, "secret") == ["secret of the café"]
    assert texts(teller, "secret") == []
    assert len(texts(owner, "secret")) == 2


def test_members_find_what_was_given_to_them_or_asked_of_them(letters, texts, lena, teller, owner):
    at_cafe, at_bank = letters
    at_bank.assign(teller, by=owner.person)
    note(at_cafe, "ask the teller about the secret", by=lena.person, mentioned=[teller])
    assert set(texts(teller, "secret")) == {
        "secret of the café", "secret of the bank", "ask the teller about the secret"}  # fmt: skip


def test_a_person_finds_their_own_messages_and_never_a_note_or_what_lies_in_it(letters, texts, joe, ryan, lena, owner):
    at_cafe, _ = letters
    file = File.keep(b"secret", name="secret plan.txt", by=lena.person)
    note(at_cafe, "a secret note", by=lena.person, files=[file])
    letter = Letter(text="no secret yet", to=[Address(joe.email)])
    answer(at_cafe, letter, by=lena.person, seen_id=at_cafe.newest_id + 9)
    assert len(texts(owner, "secret")) == 5
    for words in ("secret", "is:note", "has:file", "secret is:file", "-nothing", "plan"):
        assert {hit.text for hit in find(as_person(joe), words, 50).hits} <= {"secret of the café"}
    assert [hit.text for hit in find(as_person(joe), "secret").hits] == ["secret of the café"]
    assert find(as_person(joe), "secret of the bank").hits == []
    assert not SearchDocument.objects.visible_to(as_person(joe)).filter(kind="note").exists()
    assert set(SearchDocument.objects.visible_to(as_person(joe)).values_list("person_id", flat=True)) == {joe.id}


@pytest.mark.parametrize("who", [ANONYMOUS, Principal(kind="guest", person_id=1)])
def test_nobody_else_finds_anything(letters, texts, owner, who):
    texts(owner, "secret")
    found = find(who, "secret")
    assert found.hits == [] and found.people == []


def test_a_common_word_and_a_narrow_reader(letters, texts, says, joe, ryan, lena, branch, monkeypatch):
    """Where most matches are not the reader's, whichever way is taken finds the few that are."""
    from alongside.search import commonness, ways

    for number in range(30):
        says(ryan, f"secret number {number}", inbox=branch)
    assert texts(lena, "secret") == ["secret of the café"]
    lexemes = {"secret": 0.9, "k:message": 0.9}
    monkeypatch.setattr(commonness, "_known", commonness.Commonness(1e6, lexemes, 1e18))
    monkeypatch.setattr("alongside.search.finding.commonness", lambda: commonness._known)
    monkeypatch.setattr(ways, "SHORTEST_WALK", 3)
    monkeypatch.setattr(ways, "LONGER", 0)
    assert texts(lena, "secret") == ["secret of the café"]


def test_members_only_and_words_are_escaped(letters, texts, says, joe, client, signed_in, lena):
    says(joe, 'beans <script>alert(1)</script> & "more" secret', subject="<b>bold</b> secret")
    texts(lena, "secret")
    assert client.get("/search?q=secret").status_code == 302
    page = signed_in(lena).get("/search?q=secret").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page and "<b>bold" not in page
    assert "<mark>secret</mark>" in page


def test_the_page_says_so_when_a_filter_is_wrong_or_nothing_is_found(letters, signed_in, lena):
    client = signed_in(lena)
    assert "There is no tag" in client.get("/search?q=tag:zz").content.decode()
    assert client.get("/search?q=zzzz").status_code == 200
    assert client.get("/search").status_code == 200
    assert client.get("/search?q=secret&after=broken").status_code == 400
