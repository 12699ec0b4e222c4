"""Where a member is signed in, and ending that."""

from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.members.devices import device_of
from alongside.members.recognition import principal_of_session

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"


def test_the_list_says_which_devices_and_which_is_this_one(lena, sign_in):
    here, _there = sign_in(lena, HTTP_USER_AGENT=FIREFOX), sign_in(lena, HTTP_USER_AGENT=IPHONE)
    page = here.get("/settings/sessions").content.decode()
    assert page.index("Firefox on Linux") < page.index("here</span>") < page.index("Safari on iPhone")


def test_a_device_is_named_whatever_it_says_of_itself():
    assert device_of(FIREFOX) == "Firefox on Linux"
    assert device_of("") == "an unknown browser"
    assert device_of("<script>alert(1)</script>") == "an unknown browser"
    assert device_of("curl/8.5.0") == "curl"


def test_one_other_device_is_signed_out(lena, sign_in, is_in):
    here, there = sign_in(lena), sign_in(lena)
    theirs = UserSession.objects.get(session_key=there.session.session_key)
    here.post(f"/settings/sessions/{theirs.id}/end")
    assert is_in(here)
    assert not is_in(there)


def test_somebody_elses_device_is_not_found(lena, dishwasher, sign_in, is_in):
    here, theirs = sign_in(lena), sign_in(dishwasher)
    session = UserSession.objects.get(user=dishwasher)
    assert here.post(f"/settings/sessions/{session.id}/end").status_code == 404
    assert here.post("/settings/sessions/987654/end").status_code == 404
    assert is_in(theirs)


def test_everywhere_but_here(lena, dishwasher, sign_in, is_in):
    here, there, colleague = sign_in(lena), sign_in(lena), sign_in(dishwasher)
    here.post("/settings/sessions/end-others")
    assert is_in(here)
    assert not is_in(there)
    assert is_in(colleague)
    assert len(UserSession.objects.filter(user=lena)) == 1


def test_everywhere_here_too(lena, sign_in, is_in):
    here, there = sign_in(lena), sign_in(lena)
    assert here.post("/settings/sessions/end-all")["Location"] == "/accounts/login"
    assert not is_in(here)
    assert not is_in(there)


def test_a_session_that_is_on_no_list_ends_with_the_others(lena, client, sign_in, is_in):
    client.force_login(lena)
    UserSession.objects.filter(user=lena).delete()
    sign_in(lena).post("/settings/sessions/end-others")
    assert not is_in(client)


def test_a_live_connection_is_nobodys_once_its_session_has_ended(lena, sign_in):
    there = sign_in(lena)
    key = there.session.session_key
    assert principal_of_session(key).member_id == lena.id
    lena.end_sessions(by=lena.person)
    assert principal_of_session(key).kind == "anonymous"


def test_nothing_ends_by_following_a_link(lena, sign_in, is_in):
    here = sign_in(lena)
    for path in ("end-all", "end-others", "1/end"):
        assert here.get(f"/settings/sessions/{path}").status_code == 405
    assert is_in(here)


def test_nothing_ends_without_the_token_of_the_form(lena, is_in):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(lena)
    assert browser.post("/settings/sessions/end-all").status_code == 403
    assert is_in(browser)


def test_when_a_session_was_seen_is_noted_once_a_minute_not_for_every_page(lena, sign_in):
    browser = sign_in(lena)
    browser.get("/settings/notifications")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/settings/notifications")
    assert not [query["sql"] for query in queries if "usersession" in query["sql"]]
    assert len([query for query in queries if "members_" in query["sql"]]) == 1
