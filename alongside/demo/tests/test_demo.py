"""The demo fills an empty house, answers to the post office, and leaves no trace when it goes."""

import pytest
from django.apps import apps

from alongside.conversations.models import Conversation, Inbox, Message
from alongside.demo import filling, removing
from alongside.demo.stories import cast, stories
from alongside.people.merging import merge
from alongside.people.models import Merging, Person

pytestmark = pytest.mark.django_db


def counts():
    """Rows of every table of ours; keys and sessions of the reader's own sign-in are not the demo's."""
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model.__module__.startswith("alongside.")
    }


def test_the_world_is_there_with_everyone_in_it(owner):
    assert filling.fill(owner) == len(stories())
    assert Conversation.objects.count() == len(stories())
    assert Message.objects.count() == sum(len(story.lines) for story in stories())
    assert set(Inbox.objects.values_list("name", flat=True)) == {about["name"] for about in cast()["inboxes"].values()}
    assert Person.objects.get(called="Joe").conversations.count() == 3


def test_there_is_a_page_that_ryan_shares_and_one_that_has_ended(owner, client):
    from alongside.booths.models import Booth

    filling.fill(owner)
    breakfast = Booth.objects.get(state="open")
    assert (breakfast.person.called, breakfast.opened_by.called) == ("Ryan", "Lena")
    assert [step.done_at is not None for step in breakfast.steps.standing()] == [True] * 3 + [False] * 4
    client.force_login(owner)
    assert "3 of 7 steps done" in client.get("/booths").content.decode()
    ended = Booth.objects.get(state="ended")
    assert ended.endings.count() == 2 and ended.ended_at < breakfast.opened_at
    assert "We called it done:" in client.get(f"/people/{ended.person_id}").content.decode()


def test_nothing_in_the_world_lies_in_the_future(owner):
    from django.utils import timezone

    filling.fill(owner)
    assert not Message.objects.filter(at__gt=timezone.now()).exists()


@pytest.mark.parametrize("somebody", ["lena", "joe"])
def test_it_never_mixes_with_people_who_are_here_already(somebody, owner, request):
    request.getfixturevalue(somebody)
    with pytest.raises(filling.NotEmpty):
        filling.fill(owner)
    assert not Conversation.objects.exists()


def test_removing_it_leaves_no_trace(owner):
    before = counts()
    filling.fill(owner)
    removing.remove()
    owner.refresh_from_db()
    organisation = {"members.Organisation": 1}  # the one row, made when first asked for
    assert counts() == {**before, **organisation}
    assert (owner.role, owner.is_active) == ("owner", True)


def test_whoever_was_merged_in_it_goes_too(owner):
    filling.fill(owner)
    merge(Person.objects.get(called="Joe"), Person.objects.get(called="Ryan"), by=owner.person)
    removing.remove()
    assert list(Person.objects.all()) == [owner.person] and not Merging.objects.exists()


def test_removing_it_keeps_what_is_real(owner, lena, ryan, cafe):
    Conversation.start(inbox=cafe, person=ryan, subject="Real")
    Person.objects.filter(pk=lena.person_id).update(demo=False)
    removing.remove()
    assert Conversation.objects.filter(subject="Real").exists()
    assert Person.objects.filter(pk=ryan.pk).exists()
    assert Inbox.objects.filter(pk=cafe.pk).exists()


def test_what_its_members_did_for_real_people_stays_without_their_names(owner, request, client):
    """In a house of one's own the demo's members are tried out: they write, block, end, merge and bring people in."""
    from alongside.conversations import blocking, merging, writing
    from alongside.conversations.models import Block, Closure
    from alongside.conversations.models import Merging as ConversationMerging
    from alongside.importers.models import PeopleImport

    filling.fill(owner)
    lena = Person.objects.get(called="Lena")
    real = request.getfixturevalue("ryan")
    inbox = Inbox.objects.create(name="Ours")
    kept, taken = (Conversation.start(inbox=inbox, person=real, subject=subject) for subject in ("Real", "Also real"))
    writing.note(kept, "He likes it warm.", by=lena)
    merging.merge(kept, taken, by=lena)
    blocking.block("spam@elsewhere.example", by=lena)
    joe = Person.objects.get(called="Joe")
    blocking.block(joe.email, by=lena)
    Closure.objects.create(conversation=kept, by=lena)
    PeopleImport.objects.create(by=lena, name="people.csv")
    client.force_login(owner)
    assert client.post("/settings/demo").status_code == 302
    assert not Person.objects.filter(pk=lena.pk).exists()
    assert Block.objects.get().address == "spam@elsewhere.example"
    for model in (Block, Closure, ConversationMerging, PeopleImport):
        assert model.objects.get().by == owner.person, model
    note = Message.objects.get()
    assert (note.text, note.author) == ("He likes it warm.", None)
    assert "somebody who has left" in client.get(f"/conversations/{kept.pk}").content.decode()


def test_questions_that_real_people_answered_stay_with_the_house(owner, request):
    from alongside.profiles.models import TOLD, Answer, Question, QuestionSet

    filling.fill(owner)
    assert Answer.objects.of(Person.objects.get(called="Joe")).count() == 5
    ryan = request.getfixturevalue("ryan")
    pace = Question.objects.get(set__key="buyer", key="pace")
    Answer.give(ryan, pace, "Time to talk", provenance=TOLD, by=owner.person)
    removing.remove()
    assert list(QuestionSet.objects.values_list("key", "demo")) == [("buyer", False)]
    assert list(Answer.objects.values_list("value", flat=True)) == ["Time to talk"]


def test_a_saved_reply_that_the_house_changed_stays_with_it(owner):
    from alongside.conversations import replies
    from alongside.conversations.models import SavedReply

    filling.fill(owner)
    reply = SavedReply.objects.first()
    replies.keep(reply.name, "In our own words.", by=owner.person, reply=reply)
    replies.keep("Lena's own", "Tried out.", by=Person.objects.get(called="Lena"))
    removing.remove()
    assert list(SavedReply.objects.values_list("text", flat=True)) == ["In our own words."]


def test_what_grew_on_the_demo_goes_with_it(owner):
    from alongside.channels.email import post_office
    from alongside.channels.email.models import Mailbox

    filling.fill(owner)
    mailbox = Mailbox.objects.get(inbox__name="Café")
    message = post_office.post(mailbox, sender="new@outside.example", name="New", subject="Hello", text="Are you open?")
    assert message.conversation.inbox == mailbox.inbox
    removing.remove()
    assert not Person.objects.filter(full_name="New").exists()
    assert not Conversation.objects.exists()


def test_nobody_is_notified_of_what_happened_before_they_came(owner):
    from alongside.events.delivery import deliver_all
    from alongside.notifications.models import Notification

    filling.fill(owner)
    deliver_all()
    assert not Notification.objects.exists()


def test_regulars_have_their_usual_and_nobody_is_still_there(owner):
    from alongside.moments.models import Had
    from alongside.visits.models import Visit

    filling.fill(owner)
    usual = Had.usual_of(Person.objects.get(called="Joe"))
    assert (usual.words, usual.times, usual.of) == ("Flat white, cheese scone, warmed", 14, 16)
    assert Visit.objects.exists()
    assert not Visit.objects.filter(ended_at=None).exists()
    assert {visit.location.name for visit in Visit.objects.select_related("location")} == {"Market Street"}


def test_a_lesson_that_the_house_changed_stays_with_it(owner):
    from alongside.knowledge.models import Lesson

    filling.fill(owner)
    lesson = Lesson.objects.get(demo=True)
    lesson.change(by=owner.person, title="Our flat white")
    removing.remove()
    kept = Lesson.objects.get()
    assert (kept.title, kept.demo, len(kept.standing)) == ("Our flat white", False, 7)
    assert all(part.picture.read() for part in kept.standing if part.picture)
