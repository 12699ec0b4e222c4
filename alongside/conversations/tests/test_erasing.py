"""Letting go of what was said: no word of theirs is left, and every word of others is."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from alongside.conversations import merging, tagging
from alongside.conversations.belongings import Conversations
from alongside.conversations.models import Block, Conversation, Draft, Message
from alongside.conversations.writing import Address, Letter, answer, note, receive
from alongside.files.models import Blob, File
from alongside.people import belongings
from alongside.people.belongings import ANONYMISE, DELETE

pytestmark = pytest.mark.django_db
CANARY = "canary4711"


def whole_database() -> str:
    """Every row of every table of ours, as text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model.__module__.startswith("alongside."):
                cursor.execute(SQL("SELECT t::text FROM {} t").format(Identifier(model._meta.db_table)))
                found += [f"{model._meta.db_table}: {row}" for (row,) in cursor.fetchall()]
    return "\n".join(found)


@pytest.fixture
def said(ryan, joe, cafe, lena):
    """Ryan's conversation, his words in Joe's, and what others answered and quoted."""
    ryan.rename(called=CANARY, full_name=CANARY, by=lena.person)
    ryan.reach_at("email", f"{CANARY}@kessler.example")
    sender = Address(f"{CANARY}@kessler.example", CANARY)
    file = File.keep(CANARY.encode(), name=f"{CANARY}.txt", by=ryan, purpose="mail")
    own = Conversation.start(inbox=cafe, person=ryan, subject=CANARY)
    receive(own, author=ryan, sender=sender, text=CANARY, html=CANARY, files=[(file, "", False)],
            message_id=f"<{CANARY}@x>")
    answer(own, Letter(f"Dear {CANARY}", to=[sender]), by=lena.person, seen_id=own.newest_id)
    note(own, f"{CANARY} was early", by=lena.person)
    own.close(by=lena.person, why=CANARY)
    joes = Conversation.start(inbox=cafe, person=joe, subject="Folder")
    receive(joes, author=joe, sender=Address("joe@hallam.example"), text="Kept, by Joe")
    receive(joes, author=ryan, sender=sender, text=f"{CANARY}, by Ryan")
    receive(joes, author=joe, sender=Address("joe@hallam.example"), text="Thanks, by Joe", folded=f"> {CANARY}",
            cc=[sender])
    Draft.objects.create(member=lena, mode="new", text=f"Dear {CANARY}", to=[sender.address])
    Block.objects.create(address=sender.address, by=lena.person)
    return own, joes


@pytest.mark.parametrize("how", [ANONYMISE, DELETE])
def test_no_word_is_left_and_those_of_others_are(said, ryan, how):
    own, joes = said
    assert CANARY in whole_database()
    for each in reversed(belongings.every()):
        each.erase(ryan.cluster_ids, how)
    left = whole_database()
    assert CANARY not in left, [line for line in left.splitlines() if CANARY in line]
    assert CANARY.encode().hex() not in left and not Blob.objects.exists()
    assert set(joes.messages.exclude(text="").values_list("text", flat=True)) == {"Kept, by Joe", "Thanks, by Joe"}
    assert Conversation.objects.filter(pk=own.pk).exists() is (how == ANONYMISE)
    joes.refresh_from_db()
    assert joes.preview == "Thanks, by Joe"


def test_a_letter_that_waits_is_not_sent_empty(said, ryan):
    for each in reversed(belongings.every()):
        each.erase(ryan.cluster_ids, ANONYMISE)
    assert not Message.objects.filter(state="waiting").exists()


def test_an_address_of_two_people_stays_with_the_other(said, ryan, joe):
    joe.reach_at("email", f"{CANARY}@kessler.example")
    Conversations().erase(ryan.cluster_ids, DELETE)
    assert Block.objects.exists() and Draft.objects.exists()


def test_a_conversation_laid_into_theirs_comes_out_of_it(said, ryan, lena):
    own, joes = said
    merging.merge(own, joes, by=lena.person)
    Conversations().erase(ryan.cluster_ids, DELETE)
    assert Conversation.objects.get(pk=joes.pk).merged_into is None


def test_everything_is_told_and_given_out_whole(said, ryan, joe):
    told = Conversations().held(ryan.cluster_ids)
    assert [each.what for each in told] == ["Your message", "Message from us", "Note among us", "Your message"]
    assert not any("Joe" in each.value for each in told)
    given = Conversations().export(ryan.cluster_ids)
    assert [len(each["messages"]) for each in given] == [3, 1]
    assert given[0]["messages"][0]["files"] == [f"{CANARY}.txt"] and Conversations().count(ryan.cluster_ids) == 1


def test_what_rests_long_enough_is_counted_then_removed(said):
    own, joes = said
    tagging.tag(own, "folder", by=own.person)
    assert Conversations().expired("conversations", timezone.now()) == 1
    assert Conversations().discard("conversations", timezone.now()) == 1
    assert list(Conversation.objects.all()) == [joes] and not File.objects.exists()
