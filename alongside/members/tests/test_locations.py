"""Locations: opened, renamed, closed and opened again, by admins."""

import pytest

from alongside.members.models import Location

pytestmark = pytest.mark.django_db


def test_an_admin_opens_renames_and_closes_one(admin, signed_in):
    client = signed_in(admin)
    assert "No location yet" in client.get("/settings/locations").content.decode()
    client.post("/settings/locations", {"name": "Market Street", "zone": "Europe/Paris", "about": "By the fountain"})
    location = Location.objects.get()
    assert (location.zone, location.about) == ("Europe/Paris", "By the fountain")
    client.post(f"/settings/locations/{location.id}", {"name": "Market Square"})
    client.post(f"/settings/locations/{location.id}/closing")
    location.refresh_from_db()
    assert location.name == "Market Square" and location.closed_at
    assert not Location.objects.standing().exists()
    client.post(f"/settings/locations/{location.id}/opening")
    assert Location.objects.standing().get() == location


def test_no_two_are_called_the_same(admin, signed_in):
    Location.found(name="Market Street").close(by=admin.person)
    refused = signed_in(admin).post("/settings/locations", {"name": "market street"})
    assert refused.status_code == 422 and "can be opened again" in refused.content.decode()


def test_one_keeps_its_own_name(admin, signed_in):
    location = Location.found(name="Market Street")
    kept = signed_in(admin).post(f"/settings/locations/{location.id}", {"name": "Market Street", "about": "Here"})
    assert kept.status_code == 302


def test_closing_twice_keeps_the_first_hour(admin):
    location = Location.found(name="Market Street")
    location.close(by=admin.person)
    first = location.closed_at
    location.close(by=admin.person)
    assert location.closed_at == first
