"""One-time links that sign in: made at the machine, spent by a press, once, within the hour."""

import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from alongside.desk.first_link import first_link, print_first_link, sign_in_link, the_owner
from alongside.desk.joining.links import make_link
from alongside.keys.models import Key
from alongside.members.models import Member, Organisation


def press(path, browser=None):
    browser = browser or Client()
    return browser, browser.post(path)


def test_a_press_signs_in_and_a_look_does_not(lena, is_in, path_of):
    path = path_of(make_link(lena))
    browser = Client()
    for _ in range(3):
        page = browser.get(path)
        assert "Come in, Lena" in page.content.decode()
        assert "no-store" in page["Cache-Control"]
    assert is_in(browser) is None
    assert browser.post(path)["Location"] == "/"
    assert is_in(browser) == lena.email


def test_a_link_opens_once(lena, is_in, path_of):
    path = path_of(make_link(lena))
    press(path)
    second, answered = press(path)
    assert answered.status_code == 404
    assert "does not open any more" in answered.content.decode()
    assert is_in(second) is None
    assert second.get(path).status_code == 404


def test_a_link_is_over_after_an_hour(lena, path_of):
    path = path_of(make_link(lena))
    Key.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert press(path)[1].status_code == Client().get(path).status_code == 404


def test_a_fresh_link_ends_the_one_before(lena, path_of):
    first, second = path_of(make_link(lena)), path_of(make_link(lena))
    assert press(first)[1].status_code == 404
    assert press(second)[1].status_code == 302


@pytest.mark.parametrize("purpose", ["invitation", "api", "booth", "my_page"])
def test_a_key_of_another_purpose_signs_nobody_in(purpose, owner, is_in):
    _key, token = Key.issue(purpose, by=owner.person, subject=owner.person, data={"email": "x@cafe.example"})
    browser, answered = press(f"/come-in/{token}")
    assert answered.status_code == 404
    assert is_in(browser) is None


@pytest.mark.parametrize("token", ["x", "0" * 43, "a%2Fb", "%00", "é"])
def test_a_made_up_link_opens_nothing(token, owner):
    assert Client().get(f"/come-in/{token}").status_code == 404
    assert press(f"/come-in/{token}")[1].status_code == 404


def test_a_link_for_someone_who_is_no_member_opens_nothing(joe):
    _key, token = Key.issue("sign_in", subject=joe, uses=1)
    assert press(f"/come-in/{token}")[1].status_code == 404


def test_a_member_who_has_left_does_not_come_in_by_a_link(lena, owner, is_in, path_of):
    path = path_of(make_link(lena))
    lena.leave(by=owner.person)
    browser, answered = press(path)
    assert answered.status_code == 404
    assert is_in(browser) is None


def test_the_session_is_a_new_one_and_a_planted_one_stays_nobodys(lena, is_in, path_of):
    browser = Client()
    session = browser.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    browser.cookies[settings.SESSION_COOKIE_NAME] = planted
    press(path_of(make_link(lena)), browser)
    assert browser.session.session_key != planted
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert is_in(thief) is None


def test_coming_in_as_someone_else_leaves_nothing_of_the_first(lena, dishwasher, is_in, path_of):
    browser = Client()
    press(path_of(make_link(lena)), browser)
    before = browser.session.session_key
    path = path_of(make_link(dishwasher))
    assert "You are signed in as Lena" in browser.get(path).content.decode()
    press(path, browser)
    assert is_in(browser) == dishwasher.email
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    assert is_in(thief) is None


def test_a_press_cannot_be_forged(lena, path_of):
    path = path_of(make_link(lena))
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert press(path)[1].status_code == 302


def test_trying_links_all_the_time_is_stopped(db, lena, path_of):
    codes = [press(f"/come-in/{number:043d}")[1].status_code for number in range(31)]
    assert codes == [404] * 30 + [429]
    assert Client(REMOTE_ADDR="10.1.1.1").post(path_of(make_link(lena))).status_code == 302


def test_the_page_says_nowhere_what_the_token_is_stored_as(lena, path_of):
    path = path_of(make_link(lena))
    token = path.split("/")[2]
    assert len(token) == 43
    assert token not in str(list(Key.objects.values_list("digest", "hint", "data", "name")))


def test_a_house_without_an_owner_gets_one_who_is_asked_to_set_up(db, path_of):
    browser, answered = press(path_of(first_link()))
    assert answered["Location"] == "/set-up"
    member = Member.objects.get()
    assert (member.role, member.has_usable_password()) == ("owner", False)
    assert browser.get("/set-up").status_code == 200


def test_every_start_prints_a_fresh_link_and_never_a_second_owner(db, path_of):
    links = [first_link(), first_link()]
    assert links[0] != links[1]
    assert Member.objects.count() == 1
    assert press(path_of(links[0]))[1].status_code == 404


def test_an_owner_with_a_password_needs_no_link(owner):
    assert first_link() is None
    said = io.StringIO()
    print_first_link(said)
    assert said.getvalue() == ""
    assert not Key.objects.exists()


def test_while_the_demo_lives_here_the_link_is_printed_with_who_is_in_it(owner, path_of):
    Member.welcome(email="lena@cafe.demo.example", called="Lena", demo=True)
    said = io.StringIO()
    print_first_link(said)
    assert "Lena (lena@cafe.demo.example)" in said.getvalue()
    link = said.getvalue().split("): ")[1].split()[0]
    assert press(path_of(link))[1].status_code == 302


def test_the_demos_members_are_not_the_owner(owner):
    Member.welcome(email="boss@cafe.demo.example", called="Boss", role="owner", demo=True)
    assert the_owner() == owner


def test_someone_locked_out_gets_a_link_at_the_machine(lena, owner, is_in, path_of):
    browser, _answered = press(path_of(sign_in_link(" LENA@cafe.example ")))
    assert is_in(browser) == lena.email
    lena.leave(by=owner.person)
    with pytest.raises(Member.DoesNotExist):
        sign_in_link(lena.email)


def test_a_house_that_is_set_up_opens_on_the_inbox(owner, path_of):
    Organisation.ours().describe(by=owner.person, name="Café")
    assert press(path_of(make_link(owner)))[1]["Location"] == "/"
