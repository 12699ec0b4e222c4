"""A mailbox that fails is heard of: once by those who can mend it, and quietly by whoever waits for its mail."""

from datetime import timedelta

import pytest
from django.core import mail as letters
from django.utils import timezone

from alongside.channels.email import connecting, house, troubles
from alongside.channels.email.models import Mailbox
from alongside.conversations.models import Inbox
from alongside.members.models import Member
from alongside.notifications.jobs import mail_due
from alongside.notifications.models import Notification
from alongside.notifications.telling import bell
from alongside.notifications.tests.conftest import everyone_hears

pytestmark = pytest.mark.django_db
REFUSED = "The server refused the password."


def ago(box: Mailbox, **how_long) -> None:
    Mailbox.objects.filter(pk=box.pk).update(troubled_since=timezone.now() - timedelta(**how_long))


def told(member: Member) -> list[str]:
    everyone_hears()
    return [each.text for each in bell(member)]


@pytest.fixture
def refused(mailbox) -> Mailbox:
    """The café's mailbox, whose server refuses the password for ten minutes now."""
    mailbox.is_failing("in", REFUSED)
    ago(mailbox, minutes=10)
    return mailbox


def test_owners_and_admins_are_told_once_and_nobody_else(refused, owner, admin, lena, signed_in):
    assert troubles.tell_due() == 1
    assert troubles.tell_due() == 0
    for member in (owner, admin):
        assert told(member) == ["Mail for Café stands still. See why, and mend it."]
    assert told(lena) == []
    page = signed_in(owner).get("/notifications").content.decode()
    assert 'href="/settings/mail"' in page and "stands still" in page


def test_what_passes_within_minutes_is_no_news(mailbox, owner, lena):
    mailbox.is_failing("in", REFUSED)
    assert troubles.tell_due() == 0
    mailbox.is_well("in")
    assert troubles.tell_due(timezone.now() + timedelta(hours=1)) == 0
    assert told(owner) == []


def test_that_it_works_again_is_told_to_who_had_heard(refused, owner):
    troubles.tell_due()
    refused.is_well("in")
    assert told(owner) == ["Mail for Café works again.",
                           "Mail for Café stands still. See why, and mend it."]  # fmt: skip


def test_the_next_trouble_is_told_again(refused, owner):
    for _ in range(2):
        refused.is_failing("in", REFUSED)
        ago(refused, minutes=10)
        assert troubles.tell_due() == 1
        refused.is_well("in")
    assert len(told(owner)) == 4


def test_another_reason_is_the_same_trouble(refused, owner):
    troubles.tell_due()
    refused.is_failing("in", "The server does not answer.")
    refused.is_failing("out", "Nor does this one.")
    assert troubles.tell_due() == 0
    refused.is_well("in")  # the other side still fails
    assert len(told(owner)) == 1


def test_mended_by_hand_it_works_again(refused, owner):
    troubles.tell_due()
    connecting.keep(Mailbox.objects.get(pk=refused.pk), by=owner.person)
    assert told(owner)[0] == "Mail for Café works again."


def test_nobody_waits_for_one_that_is_paused(refused, owner):
    troubles.tell_due()
    Mailbox.objects.get(pk=refused.pk).pause(by=owner.person)
    assert not troubles.standing_still().exists()
    assert len(told(owner)) == 1


def test_it_goes_by_mail_too_and_leads_to_where_it_is_mended(refused, owner, settings):
    troubles.tell_due()
    everyone_hears()
    mail_due(timezone.now() + timedelta(minutes=6))
    (letter,) = letters.outbox
    assert letter.to == [owner.email] and "stands still" in letter.subject
    assert f"{settings.PUBLIC_URL}/settings/mail\n" in letter.body


def test_the_house_writes_through_an_address_that_works(mailbox, branch):
    other = Mailbox.objects.create(inbox=branch, address="bank@example.org", state="connected", transport="post_office")
    assert house.speaker("new@cafe.example") == mailbox
    mailbox.is_failing("out", "Nobody is there.")
    assert house.speaker("new@cafe.example") == other
    other.is_failing("out", "Nobody is there.")
    assert house.speaker("new@cafe.example") == mailbox


def test_who_stops_being_an_admin_reads_no_more_of_it(refused, owner, admin):
    troubles.tell_due()
    admin.change_role("member", by=owner.person)
    assert told(admin) == []


def test_whoever_can_mend_it_reads_what_is_wrong_above_the_list(refused, owner, signed_in):
    page = signed_in(owner).get("/inbox/all").content.decode()
    assert "Mail to <" not in page and "Mail to cafe@example.org has not come in since" in page and REFUSED in page
    assert f'href="/settings/mail/{refused.pk}"' in page and "Mend it" in page


def test_others_read_who_knows(refused, owner, lena, signed_in):
    page = signed_in(lena).get("/inbox/mine").content.decode()
    assert "Mail is not coming in just now; Marta (owner) knows." in page
    assert REFUSED not in page and "Mend it" not in page


def test_letters_that_do_not_leave_are_another_sentence(mailbox, owner, lena, signed_in):
    mailbox.is_failing("out", "The server is full.")
    ago(mailbox, minutes=10)
    assert "Letters from cafe@example.org have not left since" in signed_in(owner).get("/inbox/all").content.decode()
    page = signed_in(lena).get("/inbox/mine").content.decode()
    assert "Letters are not leaving just now; Marta (owner) knows." in page and "is not coming in" not in page


def test_who_does_not_serve_that_inbox_reads_nothing(refused, teller, signed_in):
    assert "not coming in" not in signed_in(teller).get("/inbox/mine").content.decode()


def test_a_healthy_house_says_nothing(mailbox, owner, signed_in):
    mailbox.is_failing("in", REFUSED)
    assert "has not come in" not in signed_in(owner).get("/inbox/all").content.decode()


def test_what_was_told_of_an_inbox_goes_with_it(refused, owner):
    troubles.tell_due()
    told(owner)
    refused.delete()
    Inbox.objects.all().delete()
    assert not Notification.objects.exists()
