"""A gentle reminder of a step of theirs: asked for by a member, held a moment, said once, kindly."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from alongside.booths import reminding
from alongside.booths.models import BoothLink, Reminder
from alongside.booths.tests.conftest import Browser
from alongside.events.models import Event
from alongside.lib import letters
from alongside.people.models import Identity

pytestmark = pytest.mark.django_db
WORDS = "Say where to park"


@pytest.fixture(autouse=True)
def _letters_stay_here(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def step(at, guest):
    """A step of theirs."""
    return guest.tell(at("steps"), once="s1", words=WORDS, whose="yours", due_at="2099-03-06").data["id"]


@pytest.fixture
def proved(ryan):
    """Ryan showed that the address is his."""
    Identity.objects.filter(person=ryan).update(verified_at=timezone.now())


def go_off() -> None:
    """The moment is over, and the job runs."""
    Reminder.objects.update(at=timezone.now() - timedelta(minutes=2))
    for id in list(Reminder.objects.values_list("id", flat=True)):
        reminding.say(id)


def of(browser, at) -> dict | None:
    return browser.read(at("table?part=steps")).data["steps"][0]["reminder"]


def test_a_letter_goes_once_to_the_address_they_proved(at, member, guest, step, proved):
    path = at(f"steps/{step}/remind")
    assert member.tell(path, once="r1").status_code == 200
    assert member.tell(path, once="r2").status_code == 200
    reminding.say(Reminder.objects.get().id)
    assert mail.outbox == [], "It is held a moment."
    for _each in range(2):
        go_off()
    letter, = mail.outbox
    assert letter.to == ["ryan@kessler.example"] and f"“{WORDS}” (by " in letter.body and "Lena" in letter.body
    told = of(guest, at)
    assert told["way"] == "mail" and told["said_at"] and "kessler" not in str(told)
    token = letter.body.split("/join#")[1].split()[0]
    assert Browser().tell("/join/look", token=token).status_code == 200
    member.tell(path, once="r3")
    go_off()
    assert len(mail.outbox) == 1, "It is said once."
    kinds = Event.objects.filter(kind__startswith="booth.remind").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["booth.reminder_asked", "booth.reminded"]


def test_without_a_proved_address_it_stands_on_the_page(at, member, guest, step):
    member.tell(at(f"steps/{step}/remind"))
    assert of(guest, at)["said_at"] is None
    go_off()
    assert mail.outbox == [] and of(guest, at)["way"] == "page" and not BoothLink.objects.filter(way="mailed").exists()


def test_it_is_taken_back_while_it_is_held(at, member, guest, step, proved):
    path = at(f"steps/{step}/remind")
    member.tell(path, once="r1")
    assert member.tell(path, once="r2", taken_back=True).status_code == 200
    go_off()
    assert mail.outbox == [] and of(guest, at) is None
    member.tell(path, once="r3")
    go_off()
    answer = member.tell(path, once="r4", taken_back=True)
    assert answer.status_code == 400 and "said already" in answer.data["detail"] and len(mail.outbox) == 1


@pytest.mark.parametrize("change", [{"done": True}, {"removed": True}, {"whose": "ours"}])
def test_what_changed_meanwhile_is_not_said(at, member, guest, step, proved, change):
    member.tell(at(f"steps/{step}/remind"))
    guest.tell(at(f"steps/{step}"), once="c1", **change)
    go_off()
    assert mail.outbox == [] and not Reminder.objects.exists()


@pytest.mark.parametrize("change", [{"done": True}, {"removed": True}, {"whose": "ours"}, {"whose": "together"}])
def test_only_an_open_step_of_theirs_is_reminded_of(at, member, guest, step, change):
    guest.tell(at(f"steps/{step}"), once="c1", **change)
    answer = member.tell(at(f"steps/{step}/remind"))
    assert answer.status_code == 400 and answer.data["detail"] and not Reminder.objects.exists()


def test_when_it_has_ended_they_can_be_reminded_of_what_is_left(booth, at, member, step, proved, lena):
    booth.end(by=lena.person)
    assert member.tell(at(f"steps/{step}/remind")).status_code == 200
    go_off()
    assert len(mail.outbox) == 1


def test_a_letter_that_nobody_takes_leaves_it_on_the_page(at, member, guest, step, proved, monkeypatch):
    monkeypatch.setattr(letters, "send", lambda **letter: False)
    member.tell(at(f"steps/{step}/remind"))
    go_off()
    link = BoothLink.objects.get(way="mailed")
    assert of(guest, at)["way"] == "page" and not link.holds


def test_members_alone_ask_for_one(at, guest, step):
    assert guest.tell(at(f"steps/{step}/remind")).status_code == 401 and not Reminder.objects.exists()
