"""Who may give which role to whom, and what never happens."""

import pytest

from alongside.events.models import Event
from alongside.lib.principal import ROLES
from alongside.members import roles
from alongside.members.models import Member


@pytest.fixture
def someone(db):
    """A function that makes a member of a role."""

    def make(role, number=0):
        return Member.welcome(email=f"{role}{number}@cafe.example", called=f"A {role}", role=role)

    return make


def give(browser, member, role):
    return browser.post(f"/settings/members/{member.id}/role", {"role": role})


MAY = {
    "owner": {(old, new) for old in ROLES for new in ROLES},
    "admin": {(old, new) for old in ROLES[:3] for new in ROLES[:3]},
    "lead": set(),
    "member": set(),
}


@pytest.mark.parametrize("giver", ROLES)
@pytest.mark.parametrize("old", ROLES)
@pytest.mark.parametrize("new", ROLES)
def test_the_whole_table_of_giving_roles(giver, old, new, someone, owner, signed_in):
    member = someone(old, 1)
    answered = give(signed_in(someone(giver, 2)), member, new)
    member.refresh_from_db()
    if (old, new) in MAY[giver]:
        assert (answered.status_code, member.role) == (302, new)
    else:
        assert (answered.status_code, member.role) == (403, old)


def test_nobody_raises_themself(lena, admin, signed_in):
    assert give(signed_in(lena), lena, "owner").status_code == 403
    assert give(signed_in(admin), admin, "owner").status_code == 403
    assert {m.role for m in Member.objects.filter(id__in=[lena.id, admin.id])} == {"member", "admin"}


def test_a_role_that_is_none_is_refused(lena, owner, signed_in):
    for role in ("emperor", "", "OWNER"):
        assert give(signed_in(owner), lena, role).status_code == 403
    lena.refresh_from_db()
    assert lena.role == "member"


def test_the_last_owner_stays_one(owner, signed_in):
    page = signed_in(owner).post(f"/settings/members/{owner.id}/role", {"role": "member"}, follow=True)
    assert "There has to be an owner" in page.content.decode()
    owner.refresh_from_db()
    assert owner.role == "owner"


def test_of_two_owners_one_may_step_down_and_then_the_other_stays(owner, someone, signed_in):
    other = someone("owner")
    give(signed_in(owner), owner, "admin")
    owner.refresh_from_db()
    assert owner.role == "admin"
    with pytest.raises(ValueError, match="last owner"):
        other.change_role("admin", by=other.person)
    with pytest.raises(ValueError, match="last owner"):
        other.leave(by=other.person)


def test_an_owner_who_has_left_does_not_count(owner, someone):
    other = someone("owner")
    other.leave(by=owner.person)
    with pytest.raises(ValueError, match="last owner"):
        owner.leave(by=owner.person)


def test_a_role_is_given_in_the_ledger_without_words(lena, owner, signed_in):
    give(signed_in(owner), lena, "lead")
    event = Event.objects.get(kind="members.role_changed")
    assert (event.actor_id, event.subject_id) == (owner.person_id, lena.person_id)
    assert event.data == {"member": lena.id, "role": "lead"}


def test_a_lower_role_counts_from_the_next_page_on(admin, owner, signed_in):
    browser = signed_in(admin)
    assert browser.get("/settings/organisation").status_code == 200
    admin.change_role("member", by=owner.person)
    assert browser.get("/settings/organisation").status_code == 403


def test_the_page_of_a_member_shows_an_admin_only_what_is_theirs_to_give(lena, owner, admin, signed_in):
    browser = signed_in(admin)
    page = browser.get(f"/settings/members/{lena.id}").content.decode()
    assert 'value="admin"' in page
    assert 'value="owner"' not in page
    assert "Only an owner may change" in browser.get(f"/settings/members/{owner.id}").content.decode()


def test_a_member_that_is_none_is_not_found(owner, signed_in):
    assert signed_in(owner).get("/settings/members/987654").status_code == 404
    assert give(signed_in(owner), Member(id=987654), "lead").status_code == 404


def test_coming_back_is_an_admins_word(lena, admin, dishwasher, owner, signed_in):
    lena.leave(by=owner.person)
    assert signed_in(dishwasher).post(f"/settings/members/{lena.id}/come-back").status_code == 403
    assert signed_in(admin).post(f"/settings/members/{lena.id}/come-back").status_code == 302
    lena.refresh_from_db()
    assert lena.is_active


def test_an_admin_does_not_bring_an_owner_back(admin, owner, someone, signed_in):
    other = someone("owner")
    other.leave(by=owner.person)
    assert signed_in(admin).post(f"/settings/members/{other.id}/come-back").status_code == 403


def test_an_owner_is_never_invited(owner, admin):
    assert roles.invitable(owner.principal()) == ("member", "lead", "admin")
    assert roles.invitable(admin.principal()) == ("member", "lead", "admin")


@pytest.mark.parametrize("path", ["/settings/organisation", "/settings/members/1"])
def test_pages_of_the_house_are_for_admins(path, lena, client, signed_in):
    assert client.get(path)["Location"].startswith("/accounts/login")
    assert signed_in(lena).get(path).status_code == 403
