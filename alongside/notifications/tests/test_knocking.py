"""Somebody comes to a booth: who hears of it, in which words, and when they have seen it."""

import pytest
from django.core import mail
from django.utils import timezone

from alongside.booths.models import Booth, BoothLink, Participant
from alongside.events.models import Event
from alongside.members.models import TheirMember
from alongside.notifications import telling
from alongside.notifications.jobs import UNSEEN_FOR, mail_due
from alongside.notifications.listeners import knocked
from alongside.notifications.models import Notification, Wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def booth(lena, ryan):
    return Booth.open(by=lena.person, person=ryan, goal="Fourteen players\nfed by 8:30")


def come(booth, lena, name="Ryan") -> Participant:
    """A guest comes in, and everyone who listens is told."""
    guest, _session = Participant.join(BoothLink.make(booth, by=lena.person)[0], name)
    knocked(Event.objects.filter(kind="booth.joined").latest("id"))
    return guest


def test_who_opened_it_and_who_usually_looks_after_them_hear(booth, lena, dishwasher, teller, ryan):
    TheirMember.choose(ryan, dishwasher, by=lena.person)
    come(booth, lena)
    for member in (lena, dishwasher):
        told = telling.bell(member)
        assert [each.text for each in told] == ["Ryan came to your page: Fourteen players fed by 8:30"]
        assert told[0].href == f"/booths/{booth.code}" and telling.unseen_count(member) == 1
    assert telling.bell(teller) == []


def test_an_event_heard_twice_tells_once(booth, lena):
    come(booth, lena)
    knocked(Event.objects.get(kind="booth.joined"))
    assert Notification.objects.count() == 1


def test_whoever_does_not_wish_for_it_hears_nothing(booth, lena):
    Wish.say(lena, "knocked", False)
    come(booth, lena)
    assert telling.bell(lena) == []


def test_opening_the_page_is_seeing_it(booth, lena, signed_in):
    come(booth, lena)
    come(Booth.open(by=lena.person), lena, "Joe")
    browser = signed_in(lena)
    assert "Ryan came to your page" in browser.get("/notifications").content.decode()
    browser.get(f"/booths/{booth.code}")
    assert [each.text for each in telling.bell(lena) if not each.seen] == ["Joe came to your page."]


def test_a_guest_who_opens_it_has_seen_nothing_for_anybody(booth, lena, client):
    link, token = BoothLink.make(booth, by=lena.person)
    client.post("/join/in", {"token": token, "name": "Ryan"}, content_type="application/json")
    knocked(Event.objects.get(kind="booth.joined"))
    client.get(f"/booths/{booth.code}")
    assert telling.unseen_count(lena) == 1


def test_what_nobody_saw_is_mailed(booth, lena, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    come(booth, lena)
    assert mail_due(timezone.now() + UNSEEN_FOR) == 1
    assert "Ryan came to your page" in mail.outbox[0].subject and f"/booths/{booth.code}" in mail.outbox[0].body


def test_with_the_booth_goes_what_was_told_of_it(booth, lena):
    come(booth, lena)
    booth.delete()
    assert telling.bell(lena) == [] and telling.unseen_count(lena) == 0
