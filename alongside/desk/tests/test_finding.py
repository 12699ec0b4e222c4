"""Finding: people, things to do and what was said, from a few letters."""

import re

import pytest
from django.urls import reverse

from alongside.conversations.models import Conversation
from alongside.conversations.writing import Address, receive
from alongside.people.models import Person
from alongside.profiles.models import Product


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


def found(desk, words) -> str:
    return desk.get("/find", {"q": words}, headers={"X-Fragment": "palette"}).content.decode()


def test_a_few_letters_find_the_person_first(desk, joe, ryan):
    html = found(desk, "jo")
    assert f'href="/people/{joe.id}"' in html and "Ryan" not in html
    assert html.index("found-people") < html.index("found-do")


def test_what_is_called_so_comes_before_people_who_are_called_almost_so(desk):
    almost = Person.meet(called="Lesson", full_name="Lessing Sons")
    html = found(desk, "lessons")
    assert f"/people/{almost.id}" in html and html.index("found-do") < html.index("found-people")
    assert html.index("Go to the lessons") < html.index("Write to “lessons”")
    html = found(desk, "lesson")
    assert html.index("found-people") < html.index("found-do")
    assert "data-unsure" in found(desk, "lessons") and "data-unsure" not in html


@pytest.mark.parametrize(("name", "words"), [
    ("Thomas Berg", "tom"), ("Anne-Marie Roth", "marie"), ("Sean O'Neil", "oneil"), ("Hans Müller", "mueller"),
    ("Joe Hallam", "hallam, joe"), ("Жанна Белова", "zhanna"),
])
def test_people_who_fit_as_it_was_typed_come_first(desk, name, words):
    them = Person.meet(full_name=name)
    html = found(desk, words)
    assert f"/people/{them.id}" in html and "data-unsure" not in html


def test_writing_and_searching_are_offered_whatever_else_fits(desk):
    for words in ("inbox", "list", "in", "w", "l"):
        html = found(desk, words)
        assert f"Search for “{words}”" in html and f"Write to “{words}”" in html and f"Write down “{words}”" in html


def test_a_product_is_found_by_its_name_and_its_code(desk, joe, lena):
    rye = Product.write_down("Rye loaf", joe, by=lena.person, code="RY-1")
    for words in ("rye", "lo ry", "ry-1"):
        html = found(desk, words)
        assert f'href="/products/{rye.id}"' in html and html.index("found-products") < html.index("found-do")
    assert "found-products" not in found(desk, "wheat") and "found-products" not in found(desk, "")


def test_with_no_words_it_offers_what_can_be_done_with_its_keys(desk):
    html = found(desk, "")
    assert "Write to someone" in html and '<span class="key">c</span>' in html and "found-people" not in html


def test_acts_are_found_by_their_words_and_by_others_for_them(desk):
    assert 'href="/inbox/snoozed"' in found(desk, "rests")
    assert "/conversations/new" in found(desk, "compose")


def test_what_only_admins_may_do_is_offered_only_to_them(desk, signed_in, admin):
    assert "Members and invitations" not in found(desk, "invite")
    assert "Members and invitations" in found(signed_in(admin), "invite")


def test_words_become_part_of_what_to_do(desk):
    html = found(desk, "ida & sam")
    assert "/people/new?called=ida+%26+sam" in html and "Write down “ida &amp; sam”" in html


def test_it_is_a_page_without_a_script(desk, joe):
    html = desk.get("/find?q=jo").content.decode()
    assert "<html" in html and 'name="q"' in html and f'href="/people/{joe.id}"' in html


def test_what_others_may_not_read_is_not_found(desk, branch, butchers_customer):
    conversation = Conversation.start(inbox=branch, person=butchers_customer, subject="The mortgage")
    receive(conversation, author=butchers_customer, sender=Address(butchers_customer.email), text="my mortgage papers")
    assert f"/conversations/{conversation.id}" not in found(desk, "mortgage")


def test_words_are_text(desk):
    html = found(desk, '<script>alert(1)</script>"%(words)s')
    assert "<script>alert" not in html


def test_strange_words_break_nothing(desk):
    for words in ("%", "%(x)s", "\x00", "a" * 5000, "' OR 1=1 --", "🙂", "مرحبا"):
        assert desk.get("/find", {"q": words}, headers={"X-Fragment": "palette"}).status_code == 200, words


def test_every_act_with_keys_is_done_by_them_on_every_page(desk):
    html = desk.get("/people").content.decode()
    for keys, path in (("g s", "/settings"), ("g l", "/lessons"), ("g z", "/inbox/snoozed")):
        assert re.search(rf'<a href="{path}[^"]*" data-shortcut="{keys}"', html), keys


def test_the_same_keys_lead_to_one_place(desk, owner, signed_in):
    from alongside.look import rail

    places: dict[str, set[str]] = {}
    pairs = re.findall(r'href="([^"]+)"[^>]* data-shortcut="(g .)"', signed_in(owner).get("/people").content.decode())
    pairs += [(reverse(entry.url_name), entry.shortcut) for entry in rail._entries.values() if entry.shortcut]
    for path, keys in pairs:
        places.setdefault(keys, set()).add(path.removesuffix("/mine"))
    assert len(places) > 10
    assert {keys: found for keys, found in places.items() if len(found) > 1} == {}
