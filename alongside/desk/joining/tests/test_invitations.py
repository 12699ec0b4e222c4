"""Invitations: asking somebody in, answering, taking back; and everything that must not open."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.utils import timezone

from alongside.channels.email.models import Mailbox
from alongside.desk.joining import invitations
from alongside.events.models import Event
from alongside.keys.models import Key
from alongside.members.models import Member, Organisation, Team

NEW = "wagtail under the bridge"
EMAIL = "noor@bank.example"


def invite(browser, email=EMAIL, role="member", **more):
    return browser.post("/settings/members/invite", {"email": email, "role": role, **more})


def link_in(text):
    return re.search(r"https?://[^\s<\"]+/join/[\w-]+", text)[0]


@pytest.fixture
def link(admin, signed_in, path_of):
    """The path of an invitation to Noor."""
    return path_of(link_in(invite(signed_in(admin)).content.decode()))


def answer(path, browser=None, **told):
    browser = browser or Client()
    return browser, browser.post(path, {"called": "Noor", "password": NEW, **told})


def test_from_asking_in_to_serving(admin, counter_team, signed_in, is_in, path_of):
    Organisation.ours().describe(by=admin.person, name="Market Street café")
    page = invite(signed_in(admin), role="lead", teams=[counter_team.id], write="on")
    [letter] = mail.outbox
    assert letter.to == [EMAIL]
    assert letter.subject == "Théo invites you to Market Street café"
    assert link_in(letter.body) == link_in(page.content.decode())
    assert "no-store" in page["Cache-Control"]
    path = path_of(link_in(letter.body))
    assert "Théo has asked you in" in Client().get(path).content.decode()
    browser, answered = answer(path, full_name="Noor Aziz")
    assert answered["Location"] == "/"
    assert is_in(browser) == EMAIL
    noor = Member.objects.get(email=EMAIL)
    assert (noor.name, noor.person.full_name, noor.role) == ("Noor", "Noor Aziz", "lead")
    assert list(noor.teams.all()) == [counter_team]
    assert noor.check_password(NEW)
    joined = Event.objects.get(kind="members.joined", subject_id=noor.person_id)
    assert joined.actor_id == admin.person_id


def test_in_the_demo_it_says_that_no_letter_goes_outside(admin, cafe, signed_in):
    Mailbox.objects.create(inbox=cafe, address="c@example.org", state="connected", transport="post_office")
    page = invite(signed_in(admin), write="on").content.decode()
    assert "The demo sends no letter outside" in page and "on its way" not in page


def test_the_link_alone_when_no_letter_is_wanted(admin, signed_in):
    page = invite(signed_in(admin)).content.decode()
    assert mail.outbox == []
    assert link_in(page)


def test_the_link_is_shown_this_once(admin, signed_in, link):
    assert "/join/" not in signed_in(admin).get("/settings/members").content.decode()


def test_a_look_spends_nothing_and_an_answer_spends_it(link):
    for _ in range(3):
        assert Client().get(link).status_code == 200
    assert answer(link)[1].status_code == 302
    browser, second = answer(link)
    assert second.status_code == 404
    assert Client().get(link).status_code == 404


def test_a_wrong_answer_spends_nothing(link):
    for wrong in ({"password": "short"}, {"password": EMAIL}, {"called": ""}, {"called": "x" * 121}):
        _browser, answered = answer(link, **wrong)
        assert answered.status_code == 422
    assert not Member.objects.filter(email=EMAIL).exists()
    assert answer(link)[1].status_code == 302


def test_whoever_answers_cannot_ask_for_more_than_was_offered(link, counter_team):
    answer(link, role="owner", email="evil@bank.example", teams=counter_team.id, is_active="1", demo="1")
    noor = Member.objects.get(email=EMAIL)
    assert (noor.role, noor.demo, noor.teams.count()) == ("member", False, 0)
    assert not Member.objects.filter(email="evil@bank.example").exists()


def test_an_invitation_is_over_after_seven_days(link):
    key = Key.objects.get()
    assert timedelta(days=6, hours=23) < key.expires_at - timezone.now() <= timedelta(days=7)
    Key.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == answer(link)[1].status_code == 404


def test_taken_back_is_taken_back(admin, signed_in, link):
    key = Key.objects.get()
    assert signed_in(admin).post(f"/settings/invitations/{key.id}/revoke").status_code == 302
    assert Client().get(link).status_code == answer(link)[1].status_code == 404


def test_asking_again_makes_a_fresh_link_and_ends_the_first(admin, signed_in, link, path_of):
    key = Key.objects.get()
    Key.objects.update(expires_at=timezone.now() - timedelta(days=1))
    page = signed_in(admin).post(f"/settings/invitations/{key.id}/again")
    assert mail.outbox[0].to == [EMAIL]
    fresh = path_of(link_in(page.content.decode()))
    assert answer(link)[1].status_code == 404
    assert answer(fresh)[1].status_code == 302


def test_one_address_holds_one_open_invitation(admin, signed_in, link, path_of):
    fresh = path_of(link_in(invite(signed_in(admin), email=EMAIL.upper()).content.decode()))
    assert Client().get(link).status_code == 404
    assert Client().get(fresh).status_code == 200


@pytest.mark.parametrize("purpose", ["sign_in", "api", "booth", "my_page"])
def test_a_key_of_another_purpose_is_no_invitation(purpose, owner):
    data = {"email": EMAIL, "role": "admin", "teams": []}
    _key, token = Key.issue(purpose, by=owner.person, subject=owner.person, data=data)
    assert Client().get(f"/join/{token}").status_code == answer(f"/join/{token}")[1].status_code == 404
    assert not Member.objects.filter(email=EMAIL).exists()


@pytest.mark.parametrize("token", ["x", "0" * 43, "%00", "é"])
def test_a_made_up_invitation_opens_nothing(token, owner):
    assert Client().get(f"/join/{token}").status_code == answer(f"/join/{token}")[1].status_code == 404


@pytest.mark.parametrize("role", ["owner", "emperor", ""])
def test_an_owner_is_never_invited(role, owner, signed_in):
    assert invite(signed_in(owner), role=role).status_code == 422
    assert not Key.objects.exists()
    with pytest.raises(ValueError, match="not theirs to give"):
        invitations.invite(email=EMAIL, role=role, teams=[], by=owner)


@pytest.mark.parametrize("role", ["member", "lead"])
def test_only_admins_ask_in(role, lena, signed_in, client):
    lena.change_role(role, by=lena.person)
    assert invite(client).status_code == 302
    assert invite(signed_in(lena)).status_code == 403
    with pytest.raises(ValueError, match="not theirs to give"):
        invitations.invite(email=EMAIL, role="member", teams=[], by=lena)
    assert not Key.objects.exists()


def test_an_invitation_is_worth_what_its_giver_may_give_when_it_is_answered(admin, owner, signed_in, link):
    admin.change_role("lead", by=owner.person)
    assert Client().get(link).status_code == answer(link)[1].status_code == 404
    assert not Member.objects.filter(email=EMAIL).exists()
    assert Key.objects.get().uses_left == 1


def test_an_admin_who_has_left_has_asked_nobody_in(admin, owner, signed_in, link):
    signed_in(owner).post(f"/settings/members/{admin.id}/leave")
    assert Client().get(link).status_code == answer(link)[1].status_code == 404


def test_who_serves_already_is_not_asked_in(admin, lena, owner, signed_in):
    assert "Lena serves here already" in invite(signed_in(admin), email="LENA@cafe.example").content.decode()
    lena.leave(by=owner.person)
    assert "has served here before" in invite(signed_in(admin), email=lena.email).content.decode()
    assert not Key.objects.exists()


def test_who_has_become_a_member_meanwhile_is_told_so_and_nothing_changes(link):
    Member.welcome(email=EMAIL, called="Noor A.", password="another long word")
    page = answer(link)[1]
    assert page.status_code == 404
    assert "already one of us" in page.content.decode()
    assert Member.objects.get(email=EMAIL).check_password("another long word")


def test_a_team_that_was_dissolved_meanwhile_is_left_out(admin, counter_team, signed_in, path_of):
    other = Team.objects.create(name="Branch")
    page = invite(signed_in(admin), teams=[counter_team.id, other.id])
    other.dissolve(by=admin.person)
    answer(path_of(link_in(page.content.decode())))
    assert list(Member.objects.get(email=EMAIL).teams.all()) == [counter_team]


def test_a_team_that_is_none_is_refused(admin, signed_in):
    assert invite(signed_in(admin), teams=[987654]).status_code == 422
    assert not Key.objects.exists()


@pytest.mark.parametrize("email", ["", "noor", "noor@", "noor@bank.example\nBcc: x@evil.example", "a b@bank.example"])
def test_what_is_no_address_is_said(email, admin, signed_in):
    assert invite(signed_in(admin), email=email, write="on").status_code == 422
    assert mail.outbox == []


def test_nothing_here_can_be_forged(admin, link):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin)
    assert invite(browser).status_code == 403
    assert answer(link, Client(enforce_csrf_checks=True))[1].status_code == 403
    assert Client().get(link).status_code == 200


def test_other_keys_are_not_found_through_the_invitations_door(admin, signed_in):
    key, _token = Key.issue("api", by=admin.person, name="till")
    browser = signed_in(admin)
    assert browser.post(f"/settings/invitations/{key.id}/revoke").status_code == 404
    assert browser.post(f"/settings/invitations/{key.id}/again").status_code == 404
    key.refresh_from_db()
    assert key.is_alive


def test_members_do_not_take_invitations_back(lena, signed_in, link):
    key = Key.objects.get()
    for act in ("revoke", "again"):
        assert signed_in(lena).post(f"/settings/invitations/{key.id}/{act}").status_code == 403
    assert Client().get(link).status_code == 200


class Broken(BaseEmailBackend):
    """A mail room that has burnt down."""

    def send_messages(self, messages):
        raise OSError("no mail today")


def test_when_the_letter_cannot_go_out_the_link_is_still_there(admin, signed_in, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    page = invite(signed_in(admin), write="on").content.decode()
    assert "could not be sent" in page
    assert link_in(page)


def test_letting_go_ends_keys_links_and_sessions(lena, owner, signed_in, is_in):
    from alongside.desk.joining.links import make_link

    there = Client()
    there.force_login(lena)
    Key.issue("api", by=lena.person, subject=lena.person, name="till")
    make_link(lena)
    assert signed_in(owner).post(f"/settings/members/{lena.id}/leave")["Location"] == "/settings/members"
    assert is_in(there) is None
    assert not Key.objects.alive().exists()


def test_who_may_let_whom_go(lena, dishwasher, admin, owner, signed_in):
    def go(by, member):
        return signed_in(by).post(f"/settings/members/{member.id}/leave").status_code

    assert go(lena, dishwasher) == 403
    assert go(admin, owner) == 403
    assert (
        "There has to be an owner"
        in signed_in(owner).post(f"/settings/members/{owner.id}/leave", follow=True).content.decode()
    )
    assert go(admin, dishwasher) == 302
    assert go(admin, Member(id=987654)) == 404
    assert {m.email for m in Member.objects.filter(is_active=False)} == {dishwasher.email}


def test_an_invitation_writes_no_address_into_the_ledger(admin, signed_in, link):
    answer(link)
    assert EMAIL not in str(list(Event.objects.values_list("data", flat=True)))


def test_one_leaves_and_others_are_let_go(admin, lena, signed_in):
    browser = signed_in(admin)
    own = browser.get(f"/settings/members/{admin.id}").content.decode()
    assert "Leave this house" in own and f"Let {admin.name} go" not in own
    assert f"Let {lena.name} go" in browser.get(f"/settings/members/{lena.id}").content.decode()
    assert browser.post(f"/settings/members/{admin.id}/leave")["Location"].startswith("/accounts/login")
    admin.refresh_from_db()
    assert not admin.is_active
