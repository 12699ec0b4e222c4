"""A member's own settings, and the language and the zone in which they read."""

from datetime import UTC, datetime

import pytest
from allauth.usersessions.models import UserSession
from django.utils import timezone, translation

from alongside.members.models import Organisation
from alongside.members.zones import language_of, zone_of

ABOUT = {"called": "Lena", "full_name": "", "zone": "", "language": "", "signature": ""}


def tell(browser, **about):
    return browser.post("/settings/you", {**ABOUT, **about})


def test_everything_about_oneself_is_kept(lena, signed_in):
    told = {"called": "Leni", "full_name": "Lena Brook", "zone": "Europe/Paris", "language": "de", "signature": "L."}
    assert tell(signed_in(lena), **told)["Location"] == "/settings/you"
    lena.refresh_from_db()
    assert (lena.person.called, lena.person.full_name) == ("Leni", "Lena Brook")
    assert (lena.zone, lena.language, lena.signature) == ("Europe/Paris", "de", "L.")


def test_a_form_cannot_reach_what_is_not_on_it(lena, signed_in):
    tell(signed_in(lena), role="owner", email="other@cafe.example", is_active="", demo="on")
    lena.refresh_from_db()
    assert (lena.role, lena.email, lena.is_active, lena.demo) == ("member", "lena@cafe.example", True, False)
    with pytest.raises(ValueError, match="role"):
        lena.prefer(by=lena.person, role="owner")


@pytest.mark.parametrize(
    "wrong", [{"called": ""}, {"zone": "Mars/Olympus"}, {"zone": "../../etc/passwd"}, {"language": "xx"}]
)
def test_what_is_wrong_is_said_and_nothing_is_kept(wrong, lena, signed_in):
    answered = tell(signed_in(lena), **{"signature": "new", **wrong})
    assert answered.status_code == 422
    assert 'aria-invalid="true"' in answered.content.decode()
    lena.refresh_from_db()
    assert lena.signature == ""


def test_screens_speak_the_members_language_rather_than_the_browsers(lena, signed_in):
    lena.prefer(by=lena.person, language="de")
    page = signed_in(lena).get("/settings/you", headers={"accept-language": "fr"})
    assert '<html lang="de"' in page.content.decode()
    assert page["Content-Language"] == "de"


def test_without_a_wish_screens_speak_the_browsers_language(lena, signed_in):
    page = signed_in(lena).get("/settings/you", headers={"accept-language": "fr"})
    assert '<html lang="fr"' in page.content.decode()
    assert page["Content-Language"] == "fr"


def test_right_to_left_is_told_to_the_page(lena, signed_in, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    lena.prefer(by=lena.person, language="ar")
    assert '<html lang="ar" dir="rtl"' in signed_in(lena).get("/settings/you").content.decode()


def test_one_readers_language_and_zone_end_with_their_page(lena, signed_in, client):
    lena.prefer(by=lena.person, language="de", zone="Asia/Tokyo")
    signed_in(lena).get("/settings/you")
    assert translation.get_language() == "en"
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize(
    ("house", "own", "hour"), [("Asia/Tokyo", "", "17:30"), ("Asia/Tokyo", "Europe/Paris", "9:30")]
)
def test_times_are_read_in_ones_own_zone_or_the_houses(house, own, hour, lena, owner, signed_in):
    Organisation.ours().describe(by=owner.person, name="Café", zone=house)
    lena.prefer(by=lena.person, zone=own)
    browser = signed_in(lena)
    browser.get("/settings/sessions")
    UserSession.objects.update(created_at=datetime(2026, 2, 24, 8, 30, tzinfo=UTC))
    assert f" {hour}<" in browser.get("/settings/sessions").content.decode()


def test_a_zone_that_the_system_has_forgotten_is_passed_over():
    assert zone_of("Mars/Olympus", None, "", "Europe/Paris").key == "Europe/Paris"
    assert zone_of("Mars/Olympus") is None
    assert language_of("xx", "de") == "de"


def test_notifications_are_each_turned_off(lena, signed_in):
    browser = signed_in(lena)
    browser.post("/settings/notifications", {"notify_browser": "on"})
    lena.refresh_from_db()
    assert (lena.notify_page, lena.notify_browser, lena.notify_mail) == (False, True, False)
    assert browser.post("/settings/notifications", {}).status_code == 302
    lena.refresh_from_db()
    assert not lena.notify_browser


def test_the_look_is_kept_for_this_device(lena, signed_in):
    browser = signed_in(lena)
    browser.post("/settings/you/look", {"theme": "dark", "density": "close"})
    page = browser.get("/settings/you").content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-density="close"' in page
    browser.post("/settings/you/look", {"theme": "auto", "density": "auto"})
    assert "data-theme" not in browser.get("/settings/you").content.decode().split(">")[1]


def test_a_look_that_is_none_is_not_kept(lena, signed_in):
    browser = signed_in(lena)
    browser.post("/settings/you/look", {"theme": '"><script>', "density": ""})
    assert "theme" not in browser.cookies


def test_the_settings_lead_where_the_reader_may_go(lena, admin, signed_in):
    page = signed_in(lena).get("/settings", follow=True).content.decode()
    assert "/settings/sessions" in page
    assert "/settings/organisation" not in page
    assert "/settings/organisation" in signed_in(admin).get("/settings/you").content.decode()


def test_the_menu_knows_the_member_and_signs_out_by_post(lena, signed_in):
    page = signed_in(lena).get("/settings/you").content.decode()
    menu = page[page.index('class="me"') :]
    assert "Lena" in menu
    assert '<form method="post" action="/accounts/logout"' in menu


def test_a_word_from_a_name_is_never_markup(lena, signed_in):
    lena.person.rename(called="<img src=x onerror=alert(1)>", full_name="", by=lena.person)
    page = signed_in(lena).get("/settings/you").content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_saving_without_a_change_writes_no_event(lena, signed_in):
    from alongside.events.models import Event

    tell(signed_in(lena))
    assert not Event.objects.filter(kind__in=["members.preferred", "people.renamed"]).exists()


def test_the_greeting_follows_the_clock():
    from alongside.members.greeting import greeting

    said = [greeting(datetime(2026, 2, 24, hour, tzinfo=UTC)) for hour in (3, 4, 11, 12, 17, 18)]
    assert said == ["Good evening", "Good morning", "Good morning", "Good afternoon", "Good afternoon", "Good evening"]
