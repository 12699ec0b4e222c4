"""A person's page with all that rooms put on it: few questions to the database, and no more for a long life."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.conversations import writing
from alongside.conversations.models import Conversation
from alongside.conversations.writing import Address as MailAddress
from alongside.members.models import TheirMember
from alongside.moments.models import Had, Moment, Mood, Note
from alongside.people.merging import merge
from alongside.people.models import Address, Person, Relation
from alongside.portal.models import Objection
from alongside.profiles.models import TOLD, Answer, QuestionSet
from alongside.promises.models import Promise
from alongside.visits.models import Visit

pytestmark = pytest.mark.django_db
MOST = 38


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


@pytest.fixture
def live_a_little(joe, ryan, lena, cafe):
    """A function that lets something of every kind happen with Joe."""
    by = lena.person
    buyer = QuestionSet.make("Buyer", of_everyone=True)
    TheirMember.choose(joe, lena, by=by)

    def live(round: int):
        visit = Visit.begin(joe, by=by)
        Mood.keep(joe, by=by, visit=visit.id, mood="calm")
        Moment.keep(joe, by=by, visit=visit.id, kind_id="smile")
        Had.keep(joe, by=by, visit=visit.id, what="Flat white")
        Note.keep(joe, by=by, visit=visit.id, text="A puppy at home")
        visit.leave(by=by)
        soon = timezone.now() + timedelta(hours=2)
        Promise.make(person=joe, words="A scone kept back", due_at=soon, by=by, owner=lena, visit_id=visit.id)
        talk = Conversation.start(inbox=cafe, person=joe, subject="The folder")
        writing.receive(talk, author=joe, sender=MailAddress(joe.email, joe.name), text="Is it there?")
        kept = Promise.make(person=joe, words="A call", due_at=soon, by=by, conversation_id=talk.id)
        kept.renegotiate(soon + timedelta(hours=1), "Later then", by=by)
        kept.keep(by=by)
        done = Conversation.start(inbox=cafe, person=joe, subject="The bag")
        writing.receive(done, author=joe, sender=MailAddress(joe.email, joe.name), text="And the bag?")
        done.close(by=by)
        Answer.give(joe, buyer.add(words=f"Why {round}?"), "To read", provenance=TOLD, by=by)
        buyer.add(words=f"And who {round}?")
        Relation.tie(joe, Person.meet(called=f"Friend {round}"), "other", by=by)
        merge(joe, Person.meet(called="Joe", email=f"joe{round}@other.example", phone=f"+44 161 55{round:02}"), by=by)
        Address.note(joe, by=by, street=f"{round} Mill Street", city="Leeds")
        Objection.objects.create(person=joe, what="card", words="Not so")

    return live


def questions(desk, joe) -> list[str]:
    """What the page asks the database."""
    page = f"/people/{joe.id}"
    desk.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(page).status_code == 200
    return [each["sql"] for each in asked]


def test_a_full_life_asks_little_and_a_long_one_no_more(desk, joe, live_a_little):
    for round in range(2):
        live_a_little(round)
    few = questions(desk, joe)
    for round in range(2, 6):
        live_a_little(round)
    many = questions(desk, joe)
    assert len(few) == len(many) <= MOST, "\n".join(sql[:300] for sql in many)
