"""How long things are kept: decided after counting, applied at night, never what is open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.channels.email.models import Mailbox, RawMail
from alongside.conversations.models import Conversation
from alongside.conversations.writing import Address, receive
from alongside.events.models import Event
from alongside.people.models import CardOpening
from alongside.portal import cli, jobs, keeping
from alongside.portal.models import Retention


@pytest.fixture
def openings(joe, ryan, lena):
    """One of yesterday, one of two years ago."""
    return [CardOpening.objects.create(person=person, by=lena.person, at=timezone.now() - timedelta(days=days))
            for person, days in ((joe, 1), (ryan, 730))]


def days_of(name: str):
    return next(line.days for line in keeping.lines() if line.name == name)


def test_a_default_holds_until_somebody_decides_and_then_what_they_said(openings, owner):
    assert days_of("openings.openings") == 365
    keeping.decide({"openings.openings": None, "nothing.here": 3}, by=owner.person)
    assert days_of("openings.openings") is None
    assert keeping.apply() == {} and CardOpening.objects.count() == 2
    assert Event.objects.get(kind="portal.retention_decided").data == {"days": {"openings.openings": None}}
    assert Retention.objects.count() == 1


def test_at_night_what_is_older_goes_and_nothing_else(openings):
    jobs.let_go(timestamp=0)
    assert list(CardOpening.objects.all()) == openings[:1]
    assert Event.objects.get(kind="portal.retention_applied").data == {"gone": {"openings.openings": 1}}


def test_the_page_counts_first_and_changes_nothing_until_it_is_sent_once_more(signed_in, owner, openings):
    browser = signed_in(owner)
    sent = {line.name: str(line.days or "") for line in keeping.lines()} | {"openings.openings": "700"}
    counted = browser.post("/settings/retention", sent)
    assert "go tonight, for good: 1." in counted.content.decode() and days_of("openings.openings") == 365
    seal = counted.context["counted"] if counted.context else _sealed(counted)
    other = browser.post("/settings/retention", sent | {"counted": seal, "openings.openings": "1"})
    assert other.status_code == 200 and days_of("openings.openings") == 365
    assert browser.post("/settings/retention", sent | {"counted": seal}).status_code == 302
    assert days_of("openings.openings") == 700 and CardOpening.objects.count() == 2


def _sealed(response) -> str:
    return response.content.decode().split('name="counted" value="')[1].split('"')[0]


@pytest.mark.parametrize("days", ["-1", "0", "x", "1e3", "²", "99999999"])
def test_what_is_no_number_of_days_is_told_so(signed_in, owner, days):
    answered = signed_in(owner).post("/settings/retention", {"openings.openings": days})
    page = answered.content.decode()
    assert answered.status_code == 422 and "A number of days" in page
    assert f'value="{days}"' in page, "and what was typed stands there, to be mended"
    assert days_of("openings.openings") == 365


def test_the_command_counts_or_does_it(openings, capsys):
    assert cli.main(["--dry-run"]) == 0
    assert "dry run" in capsys.readouterr().out and CardOpening.objects.count() == 2
    assert cli.main([]) == 0
    assert "1 record went" in capsys.readouterr().out and CardOpening.objects.count() == 1


def test_mail_of_an_open_conversation_stays(cafe, joe, lena, owner):
    box = Mailbox.objects.create(inbox=cafe, address="post@cafe.example")
    talks = [Conversation.start(inbox=cafe, person=joe) for _each in range(2)]
    long_ago = timezone.now() - timedelta(days=400)
    for number, talk in enumerate(talks):
        said = receive(talk, author=joe, sender=Address(joe.email), text="Hello")
        RawMail.objects.create(mailbox=box, source="imap", sha256=bytes([number]), raw=b"x", state="taken",
                               message=said, received_at=long_ago)
    talks[0].close(by=lena.person)
    keeping.decide({"mail.raw_mail": 365}, by=owner.person)
    assert keeping.apply()["mail.raw_mail"] == 1
    assert RawMail.objects.get().message.conversation == talks[1]
