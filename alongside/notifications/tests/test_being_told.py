"""How a member is told: in the page, in the browser, by mail; each can be turned off."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from alongside.conversations.opening import open_conversation
from alongside.conversations.tests.conftest import writes
from alongside.conversations.writing import note
from alongside.notifications.jobs import forget_old, mail_due
from alongside.notifications.models import Notification
from alongside.notifications.telling import CAP, bell, see, since, unseen_count
from alongside.notifications.tests.conftest import everyone_hears


@pytest.fixture
def news(folder, loan, lena, owner, ryan):
    """Lena was given one conversation, asked about another, and answered in the first."""
    folder.assign(lena, by=owner.person)
    note(loan, "@Lena?", by=owner.person)
    writes(folder, ryan, text="A secret between us")
    everyone_hears()
    lena.notify_browser = True
    lena.save()
    return Notification.objects.filter(member=lena)


def soon():
    return timezone.now() + timedelta(minutes=6)


def test_the_bell_has_it_newest_first_in_words(news, lena, folder, loan):
    assert [(told.text, told.conversation_id, told.seen) for told in bell(lena)] == [
        ("Ryan wrote to you: Austin's folder", folder.id, False),
        ("Marta asked you about Mrs Marchand: The loan", loan.id, False),
        ("Marta gave you the conversation with Ryan: Austin's folder", folder.id, False),
    ]
    assert unseen_count(lena) == 3


def test_it_takes_few_queries(news, lena, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        bell(lena)
    with django_assert_max_num_queries(2):
        unseen_count(lena)


def test_opening_the_conversation_is_seeing_it(news, lena, folder):
    open_conversation(lena.principal(), folder.id)
    assert unseen_count(lena) == 1
    assert [told.seen for told in bell(lena)] == [True, False, True]


def test_seeing_all(news, lena):
    assert see(lena) == 3
    assert see(lena) == 0
    assert unseen_count(lena) == 0


def test_what_one_may_no_longer_see_is_not_told(news, lena, folder, branch, owner):
    folder.assign(None, by=owner.person)
    folder.move(branch, by=owner.person)
    assert [told.kind for told in bell(lena)] == ["mentioned"]
    assert unseen_count(lena) == 1
    assert [each["kind"] for each in since(lena, 0)] == ["mentioned"]
    mail_due(soon())
    assert "folder" not in mail.outbox[0].body


def test_the_browser_asks_what_came_since(news, lena, folder):
    first = news.order_by("id").first()
    later = since(lena, first.id)
    assert [each["kind"] for each in later] == ["mentioned", "answered"]
    assert later[1]["conversation"] == folder.id
    assert since(lena, later[-1]["id"]) == []


def test_each_way_can_be_turned_off(news, lena):
    lena.notify_page = lena.notify_browser = lena.notify_mail = False
    lena.save()
    assert (bell(lena), unseen_count(lena), since(lena, 0), mail_due(soon())) == ([], 0, [], 0)
    assert mail.outbox == []


def test_what_nobody_saw_for_five_minutes_is_mailed_once_in_one_letter(news, lena, folder, loan):
    assert mail_due() == 0
    assert mail_due(soon()) == 1
    assert mail_due(soon()) == 0
    (letter,) = mail.outbox
    assert "/settings/notifications\n" in letter.body
    assert (letter.to, letter.subject) == (["lena@cafe.example"], "3 things wait for you")
    assert f"/conversations/{folder.id}" in letter.body
    assert f"/conversations/{loan.id}" in letter.body


def test_a_letter_never_has_what_a_person_wrote(news, lena):
    mail_due(soon())
    assert "secret" not in mail.outbox[0].body + mail.outbox[0].subject


def test_what_was_seen_is_not_mailed(news, lena):
    see(lena)
    assert mail_due(soon()) == 0


def test_one_piece_of_news_is_the_subject(folder, lena, owner):
    folder.retitle("Austin's folder", by=owner.person)
    folder.assign(lena, by=owner.person)
    everyone_hears()
    mail_due(soon())
    assert mail.outbox[0].subject == "Marta gave you the conversation with Ryan: Austin's folder"


def test_a_mail_server_that_is_away_is_tried_again(news, lena, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("alongside.notifications.jobs.send_mail", away)
    assert mail_due(soon()) == 0
    monkeypatch.undo()
    assert mail_due(soon()) == 1


def test_old_news_is_neither_mailed_nor_kept(news):
    assert mail_due(timezone.now() + timedelta(days=2)) == 0
    assert forget_old() == 0
    forget_old(timezone.now() + timedelta(days=91))
    assert not Notification.objects.exists()


def test_counting_stops(folder, lena):
    Notification.objects.bulk_create(
        Notification(member=lena, kind="woken", conversation=folder, event_id=n) for n in range(CAP + 5)
    )
    assert unseen_count(lena) == CAP
