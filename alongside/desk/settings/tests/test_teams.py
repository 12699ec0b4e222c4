"""Teams: who keeps them, who is in them, which inboxes they serve."""

import pytest
from django.test import Client

from alongside.conversations.models import Inbox
from alongside.events.models import Event
from alongside.members.models import Team


@pytest.fixture
def lead(lena):
    """Lena, leading the counter team that she is in."""
    lena.change_role("lead", by=lena.person)
    return lena


@pytest.fixture
def other_team(db):
    """A team that Lena is not in."""
    return Team.objects.create(name="Bridge Street branch")


def names(team):
    return {member.person.called for member in team.members.all()}


def test_an_admin_founds_a_team(admin, signed_in):
    answered = signed_in(admin).post("/settings/teams", {"name": "Workshop", "about": "Mends things"})
    team = Team.objects.get(name="Workshop")
    assert answered["Location"] == f"/settings/teams/{team.id}"


def test_two_teams_do_not_share_a_name(admin, counter_team, other_team, signed_in):
    browser = signed_in(admin)
    assert browser.post("/settings/teams", {"name": "COUNTER"}).status_code == 422
    answered = browser.post(f"/settings/teams/{other_team.id}/describe", {"name": "counter"})
    assert answered.status_code == 422
    other_team.refresh_from_db()
    assert other_team.name == "Bridge Street branch"


def test_a_lead_chooses_who_is_in_their_team(lead, teller, counter_team, dishwasher, signed_in):
    browser = signed_in(lead)
    browser.post(f"/settings/teams/{counter_team.id}/take-in", {"member": teller.id})
    browser.post(f"/settings/teams/{counter_team.id}/let-go/{dishwasher.id}")
    assert names(counter_team) == {"Lena", "Dana"}
    assert Event.objects.get(kind="members.team_left").subject_id == dishwasher.person_id


def test_a_lead_does_not_reach_other_teams_by_their_ids(lead, teller, other_team, signed_in):
    other_team.take_in(teller, by=teller.person)
    browser = signed_in(lead)
    base = f"/settings/teams/{other_team.id}"
    assert browser.get(base).status_code == 404
    assert browser.post(base + "/take-in", {"member": lead.id}).status_code == 404
    assert browser.post(base + f"/let-go/{teller.id}").status_code == 404
    assert names(other_team) == {"Dana"}
    assert "Bridge Street branch" not in browser.get("/settings/teams").content.decode()


@pytest.mark.parametrize("act", ["describe", "inboxes", "dissolve"])
def test_name_inboxes_and_end_of_a_team_are_for_admins(act, lead, counter_team, cafe, branch, signed_in):
    answered = signed_in(lead).post(
        f"/settings/teams/{counter_team.id}/{act}", {"name": "Mine", "inboxes": [cafe.id, branch.id]}
    )
    assert answered.status_code == 403
    assert Team.objects.get().name == "Counter"
    assert list(counter_team.inboxes.all()) == [cafe]


def test_a_lead_does_not_found_teams(lead, signed_in):
    signed_in(lead).post("/settings/teams", {"name": "Mine"})
    assert not Team.objects.filter(name="Mine").exists()


def test_a_member_keeps_no_team(lena, teller, counter_team, signed_in, client):
    assert client.get("/settings/teams")["Location"].startswith("/accounts/login")
    browser = signed_in(lena)
    assert browser.get("/settings/teams").status_code == 403
    assert browser.post(f"/settings/teams/{counter_team.id}/take-in", {"member": teller.id}).status_code == 403
    assert names(counter_team) == {"Lena"}


def test_a_lead_who_leaves_their_team_leads_it_no_more(lead, counter_team, signed_in):
    browser = signed_in(lead)
    answered = browser.post(f"/settings/teams/{counter_team.id}/let-go/{lead.id}")
    assert answered["Location"] == "/settings/teams"
    assert browser.get(f"/settings/teams/{counter_team.id}").status_code == 404


def test_who_has_left_the_house_is_not_taken_in(admin, teller, owner, counter_team, signed_in):
    teller.leave(by=owner.person)
    answered = signed_in(admin).post(f"/settings/teams/{counter_team.id}/take-in", {"member": teller.id})
    assert answered.status_code == 422
    assert names(counter_team) == set()


def test_who_has_no_place_is_not_let_go(admin, teller, counter_team, signed_in):
    assert signed_in(admin).post(f"/settings/teams/{counter_team.id}/let-go/{teller.id}").status_code == 404


def test_which_inboxes_a_team_serves_decides_what_its_members_see(admin, teller, other_team, cafe, branch, signed_in):
    other_team.take_in(teller, by=admin.person)
    signed_in(admin).post(f"/settings/teams/{other_team.id}/inboxes", {"inboxes": [branch.id]})
    assert list(Inbox.objects.visible_to(teller.principal())) == [branch]
    event = Event.objects.get(kind="desk.team_serves")
    assert event.data == {"team": other_team.id, "added": [branch.id], "taken": []}
    signed_in(admin).post(f"/settings/teams/{other_team.id}/inboxes", {"inboxes": []})
    assert list(Inbox.objects.visible_to(teller.principal())) == []


def test_an_inbox_out_of_use_keeps_its_team(admin, counter_team, cafe, branch, signed_in):
    from django.utils import timezone

    Inbox.objects.filter(id=cafe.id).update(archived_at=timezone.now())
    browser = signed_in(admin)
    answered = browser.post(f"/settings/teams/{counter_team.id}/inboxes", {"inboxes": [cafe.id]})
    assert answered.status_code == 422
    browser.post(f"/settings/teams/{counter_team.id}/inboxes", {"inboxes": [branch.id]})
    assert set(counter_team.inboxes.all()) == {cafe, branch}


def test_dissolving_keeps_the_members(admin, lena, counter_team, cafe, signed_in):
    signed_in(admin).post(f"/settings/teams/{counter_team.id}/dissolve")
    assert not Team.objects.exists()
    lena.refresh_from_db()
    assert lena.is_active
    assert list(Inbox.objects.visible_to(lena.principal())) == []


def test_a_team_that_is_none_is_not_found(admin, signed_in):
    assert signed_in(admin).get("/settings/teams/987654").status_code == 404


def test_nothing_here_can_be_forged(admin, counter_team):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin)
    assert browser.post(f"/settings/teams/{counter_team.id}/dissolve").status_code == 403
    assert browser.get(f"/settings/teams/{counter_team.id}/dissolve").status_code == 405
    assert Team.objects.exists()


def test_every_page_opens(admin, lena, dishwasher, counter_team, other_team, cafe, signed_in):
    browser = signed_in(admin)
    page = browser.get("/settings/teams").content.decode()
    assert "Lena, Tomás" in page
    assert "nobody yet" in page
    assert "Take Lena out" in browser.get(f"/settings/teams/{counter_team.id}").content.decode()
    members = browser.get("/settings/members").content.decode()
    assert members.index("Lena") < members.index("Tomás")
