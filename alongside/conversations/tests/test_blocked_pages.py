"""The way back from a block: a settings page, and where the block was made."""

import pytest

from alongside.conversations.blocking import block
from alongside.conversations.models import SPAM, Block
from alongside.conversations.tests.conftest import writes

PAGE = "/settings/blocked"


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


@pytest.fixture
def blocked(dishwasher):
    """Tomás blocked Ryan's address."""
    return block("ryan@kessler.example", by=dishwasher.person, why="adverts")


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_house_without_any_says_how_one_blocks(desk):
    assert "Nobody is blocked" in text_of(desk.get(PAGE))


def test_who_is_blocked_since_when_by_whom_and_why(desk, blocked):
    html = text_of(desk.get(PAGE))
    assert "ryan@kessler.example" in html and "Tomás" in html and "adverts" in html and "<time" in html
    assert "ryan@kessler.example" not in text_of(desk.get(f"{PAGE}?q=joe"))
    assert "ryan@kessler.example" in text_of(desk.get(f"{PAGE}?q=Kessler"))


def test_it_is_let_through_again_and_what_was_spam_stays_there(desk, blocked, folder, ryan, lena, happened):
    folder.mark_spam(by=lena.person)
    answer = desk.post(f"{PAGE}/{blocked.id}/lifting")
    assert answer.url == PAGE and not Block.objects.exists() and "unblocked" in happened()
    html = text_of(desk.get(PAGE))
    assert "ryan@kessler.example is let through again" in html and "among the spam" in html
    folder.refresh_from_db()
    assert folder.state == SPAM
    assert desk.post(f"{PAGE}/{blocked.id}/lifting").status_code == 404


@pytest.mark.parametrize("address", ["ryan@kessler.example", "@kessler.example"])
def test_a_conversation_says_so_and_shows_the_way_back(desk, folder, dishwasher, address):
    here = f"/conversations/{folder.id}"
    assert "Let through again" not in text_of(desk.get(f"{here}/block"))
    assert "Blocked" not in text_of(desk.get(here))
    given = block(address, by=dishwasher.person, why="adverts")
    html = text_of(desk.get(here))
    assert f"{address} is blocked" in html and f"{here}/block" in html
    html = text_of(desk.get(f"{here}/block"))
    assert "Let through again" in html and "Tomás" in html and "adverts" in html
    answer = desk.post(f"{PAGE}/{given.id}/lifting?conversation={folder.id}")
    assert answer.url == here and "is blocked" not in text_of(desk.get(here))


def test_the_card_of_a_person_says_so_too(desk, blocked, ryan, joe):
    html = text_of(desk.get(f"/people/{ryan.id}"))
    assert "ryan@kessler.example is blocked" in html
    assert "is blocked" not in text_of(desk.get(f"/people/{joe.id}"))
    answer = desk.post(f"{PAGE}/{blocked.id}/lifting?person={ryan.id}")
    assert answer.url == f"/people/{ryan.id}" and "is blocked" not in text_of(desk.get(answer.url))


def test_the_card_beside_a_conversation_says_so_above_what_is_open(desk, blocked, folder, ryan):
    card = text_of(desk.get(f"/people/{ryan.id}/card", headers={"Turbo-Frame": "about"}))
    assert card.index("ryan@kessler.example is blocked") < card.index("Open with them")


def test_one_is_led_back_only_to_what_one_may_see(desk, blocked, loan):
    assert desk.post(f"{PAGE}/{blocked.id}/lifting?conversation={loan.id}").url == PAGE


def test_a_stranger_on_a_thread_who_is_blocked_is_named(desk, folder, stranger, lena):
    writes(folder, stranger)
    block("@elsewhere.example", by=lena.person)
    assert "@elsewhere.example is blocked" in text_of(desk.get(f"/conversations/{folder.id}"))
