"""Signing in with another address: asked for with the password, proved at the new address, told to the old one."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.channels.email.models import Mailbox
from alongside.desk.joining import addresses, invitations
from alongside.keys.models import Key
from alongside.members.models import Member

PASSWORD, NEW = "a long enough word", "lena@home.example"


def ask(browser: Client, email=NEW, password=PASSWORD):
    return browser.post("/settings/you/address", {"email": email, "password": password})


def to(address: str) -> list:
    return [letter for letter in mail.outbox if letter.to == [address]]


@pytest.fixture
def link(lena, signed_in, path_of):
    """The path of the link that Lena was written when she asked for another address."""
    ask(signed_in(lena))
    (letter,) = to(NEW)
    return path_of(re.search(r"https?://\S+/new-address/[\w-]+", letter.body)[0])


def email_of(member: Member) -> str:
    return Member.objects.get(pk=member.pk).email


def test_the_new_address_gets_the_link_and_the_old_one_hears_of_it(link, lena):
    assert email_of(lena) == lena.email
    (warned,) = to(lena.email)
    assert NEW in warned.body and "/new-address/" not in warned.body and "/accounts/password/change" in warned.body


def test_in_the_demo_it_says_where_the_letter_lies(lena, cafe, signed_in):
    Mailbox.objects.create(inbox=cafe, address="c@example.org", state="connected", transport="post_office")
    browser = signed_in(lena)
    page = browser.get(ask(browser)["Location"]).content.decode()
    assert f"the one to {NEW} lies in the post office" in page


def test_a_look_changes_nothing_and_a_press_changes_it(link, lena, joe):
    scanner = Client()
    for _ in range(3):
        page = scanner.get(link)
        assert page.status_code == 200 and NEW in page.content.decode()
    assert email_of(lena) == lena.email
    assert Client().post(link)["Location"] == "/accounts/login"
    assert email_of(lena) == NEW
    assert Client().post("/accounts/login", {"login": NEW, "password": PASSWORD}).status_code == 302
    assert Client().post("/accounts/login", {"login": lena.email, "password": PASSWORD}).status_code == 200
    proved = lena.person.identities.get(key=NEW)
    assert proved.provenance == "verified" and not lena.person.identities.filter(key=lena.email).exists()


def test_when_it_is_changed_the_old_address_hears_of_that_too(link, lena):
    Client().post(link)
    assert "from now on you sign in" in to(lena.email)[-1].body and len(to(lena.email)) == 2


def test_the_link_opens_once(link, lena):
    Client().post(link)
    assert Client().get(link).status_code == Client().post(link).status_code == 404


def test_the_link_is_over_after_an_hour(link, lena):
    Key.objects.filter(purpose="new_address").update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == Client().post(link).status_code == 404
    assert email_of(lena) == lena.email


def test_it_lasts_an_hour_and_not_longer(link):
    left = Key.objects.get(purpose="new_address").expires_at - timezone.now()
    assert timedelta(minutes=55) < left <= timedelta(hours=1)


def test_asking_again_ends_the_link_before(link, lena, signed_in):
    ask(signed_in(lena), email="elsewhere@home.example")
    assert Client().post(link).status_code == 404


def test_whoever_is_signed_in_stays_so_and_is_led_back(link, lena, signed_in, is_in):
    browser = signed_in(lena)
    assert browser.post(link)["Location"] == "/settings/you"
    assert is_in(browser) == NEW


@pytest.mark.parametrize("password", ["", "not it"])
def test_it_takes_the_password(password, lena, signed_in):
    answered = ask(signed_in(lena), password=password)
    assert answered.status_code == 422 and not mail.outbox
    assert not Key.objects.filter(purpose="new_address").exists()


def test_an_address_of_another_member_is_refused(lena, owner, signed_in):
    answered = ask(signed_in(lena), email=owner.email.upper())
    assert answered.status_code == 422 and "Another member signs in with this address." in answered.content.decode()
    assert ask(signed_in(lena), email=lena.email).status_code == 422
    assert not mail.outbox


def test_an_address_that_somebody_took_meanwhile_stays_theirs(link, lena, owner):
    owner.sign_in_as(NEW, by=owner.person)
    assert Client().post(link).status_code == 404
    assert (email_of(lena), email_of(owner)) == (lena.email, NEW)
    assert Key.objects.get(purpose="new_address").is_alive  # a press in vain spends nothing


def test_who_has_left_changes_nothing(link, lena, owner):
    invitations.say_goodbye(lena, by=owner.person)
    assert Client().get(link).status_code == Client().post(link).status_code == 404


def test_a_link_from_before_another_change_is_worth_nothing(link, lena):
    lena.sign_in_as("third@home.example", by=lena.person)
    assert Client().post(link).status_code == 404


def test_who_has_no_password_must_have_come_in_just_now(lena, signed_in, settings):
    from allauth.usersessions.models import UserSession

    lena.set_unusable_password()
    lena.save(update_fields=["password"])
    browser = signed_in(lena)
    browser.get("/settings/you")
    assert ask(browser).status_code == 302 and len(to(NEW)) == 1
    UserSession.objects.filter(user=lena).update(created_at=timezone.now() - timedelta(hours=1))
    assert "You have no password" in ask(browser, email="other@home.example").content.decode()
    assert len(mail.outbox) == 2


def test_nobody_asks_all_the_time(lena, signed_in):
    browser = signed_in(lena)
    codes = [ask(browser, password="not it").status_code for _ in range(7)]
    assert codes == [422] * 6 + [429]


def test_when_no_letter_can_be_sent_it_is_said(lena, signed_in, monkeypatch):
    monkeypatch.setattr(addresses.letters, "send", lambda **letter: False)
    page = signed_in(lena).post("/settings/you/address", {"email": NEW, "password": PASSWORD}, follow=True)
    assert "No letter could be sent" in page.content.decode()


def test_the_ledger_holds_no_address(link, lena):
    from alongside.events.models import Event

    Client().post(link)
    assert Event.objects.filter(kind="members.address_changed", actor_id=lena.person_id).exists()
    assert not [event for event in Event.objects.all() if "@" in str(event.data)]


def test_ones_settings_lead_there(lena, signed_in):
    assert 'href="/settings/you/address"' in signed_in(lena).get("/settings/you").content.decode()
