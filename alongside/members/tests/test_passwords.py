"""Passwords: how they are kept, what is asked of them, changing and forgetting them."""

import re

import pytest
from django.conf import settings as held
from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from alongside.members.tests.conftest import PASSWORD

NEW = "wagtail under the bridge"


def test_passwords_are_kept_with_argon2(settings):
    settings.PASSWORD_HASHERS = held_hashers()
    assert identify_hasher(make_password("tea with milk")).algorithm == "argon2"
    assert get_hasher("default").algorithm == "argon2"


def held_hashers():
    """The hashers of the product's settings, before a test's own."""
    import config.settings

    assert config.settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    return config.settings.PASSWORD_HASHERS


def test_an_older_print_is_made_anew_at_the_next_sign_in(lena, settings, sign_in):
    settings.PASSWORD_HASHERS = held_hashers()
    lena.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    lena.save()
    sign_in(lena)
    lena.refresh_from_db()
    assert lena.password.startswith("argon2")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "10 characters or more"),
        ("lena@cafe.example", "too close to your name"),
        ("qwertyuiop", "first to be tried"),
        ("83929284710398", "at least one letter"),
    ],
)
def test_what_is_wrong_with_a_password_is_said_in_plain_words(lena, signed_in, password, words):
    answered = signed_in(lena).post(
        "/accounts/password/change", {"oldpassword": PASSWORD, "password1": password, "password2": password}
    )
    assert words in answered.content.decode()
    lena.refresh_from_db()
    assert lena.check_password(PASSWORD)


def change(browser, old=PASSWORD, new=NEW):
    return browser.post("/accounts/password/change", {"oldpassword": old, "password1": new, "password2": new})


def test_changing_it_keeps_this_session_and_ends_the_others(lena, sign_in, is_in):
    here, there = sign_in(lena), sign_in(lena)
    assert change(here)["Location"] == "/settings/you"
    assert is_in(here)
    assert not is_in(there)
    assert is_in(sign_in(lena, NEW))


def test_changing_it_needs_the_old_one(lena, sign_in):
    page = change(sign_in(lena), old="wrong").content.decode()
    assert "not the password you have now" in page
    lena.refresh_from_db()
    assert lena.check_password(PASSWORD)


def test_trying_old_passwords_on_an_open_screen_is_throttled(lena, sign_in):
    browser = sign_in(lena)
    codes = [change(browser, old=f"guess {number}").status_code for number in range(6)]
    assert codes[-1] == 429


def test_a_stranger_is_led_to_the_door(db):
    assert Client().get("/accounts/password/change")["Location"].startswith("/accounts/login")
    assert Client().get("/accounts/password/set")["Location"].startswith("/accounts/login")


def test_who_came_by_a_link_sets_a_first_password(lena, signed_in):
    lena.set_unusable_password()
    lena.save()
    browser = signed_in(lena)
    assert browser.get("/accounts/password/change")["Location"] == "/accounts/password/set"
    assert browser.post("/accounts/password/set", {"password1": NEW, "password2": NEW}).status_code == 302
    lena.refresh_from_db()
    assert lena.check_password(NEW)


def forget(email, **headers):
    return Client(**headers).post("/accounts/password/reset", {"email": email})


def link_in(letter):
    return re.search(r"https?://\S+", letter.body)[0]


def path_of(link):
    return link.removeprefix(held.PUBLIC_URL)


def test_forgetting_it_brings_a_letter_and_a_new_one(lena, sign_in, is_in):
    elsewhere = sign_in(lena)
    assert forget(lena.email)["Location"] == "/accounts/password/reset/done"
    [letter] = mail.outbox
    assert letter.to == [lena.email]
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    browser = Client()
    page = browser.get(path_of(link_in(letter)), follow=True)
    assert "Choose a new password" in page.content.decode()
    answered = browser.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert answered.status_code == 302
    assert not is_in(elsewhere)
    assert is_in(sign_in(lena, NEW))


def test_the_link_is_good_for_one_new_password(lena):
    forget(lena.email)
    path = path_of(link_in(mail.outbox[0]))
    browser = Client()
    page = browser.get(path, follow=True)
    browser.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert "does not open any more" in Client().get(path, follow=True).content.decode()


def test_a_link_is_over_after_a_day(lena, settings):
    forget(lena.email)
    settings.PASSWORD_RESET_TIMEOUT = -1
    page = Client().get(path_of(link_in(mail.outbox[0])), follow=True).content.decode()
    assert "does not open any more" in page


@pytest.mark.parametrize("made_up", ["1-set-password", "zz-x-y"])
def test_a_made_up_link_opens_nothing(made_up, lena):
    page = Client().get(f"/accounts/password/reset/key/{made_up}", follow=True).content.decode()
    assert "does not open any more" in page


def test_an_unknown_address_is_answered_alike_and_gets_no_letter(lena):
    known, unknown = forget(lena.email), forget("nobody@cafe.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [[lena.email]]


def test_a_member_who_has_left_gets_no_letter(lena, owner):
    lena.leave(by=owner.person)
    assert forget(lena.email)["Location"] == "/accounts/password/reset/done"
    assert mail.outbox == []


def test_the_link_leads_to_our_address_whatever_the_request_says(lena):
    forget(lena.email, SERVER_NAME="127.0.0.1", headers={"x-forwarded-host": "evil.example"})
    assert link_in(mail.outbox[0]).startswith(held.PUBLIC_URL + "/accounts/password/reset/key/")


def test_letters_to_one_address_are_throttled(lena):
    codes = [forget(lena.email, REMOTE_ADDR=f"10.0.0.{number}").status_code for number in range(6)]
    assert codes == [302] * 5 + [429]


class Broken(BaseEmailBackend):
    """A mail room that has burnt down."""

    def send_messages(self, messages):
        raise OSError("no mail today")


def test_a_mail_room_that_fails_does_not_tell_who_is_known(lena, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    assert forget(lena.email)["Location"] == forget("nobody@cafe.example")["Location"]
