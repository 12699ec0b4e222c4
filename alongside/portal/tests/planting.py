"""A person about whom one word stands in every room, so that one can look whether any of it is left."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.mail import EmailMessage
from django.utils import timezone

from alongside.booths.models import Booth, BoothFile, BoothLink, ChatLine, Participant, Snapshot, Step
from alongside.channels.email.models import HouseLetter, Mailbox, PostOfficeLetter, RawMail
from alongside.conversations import drafting, writing
from alongside.conversations.models import Conversation
from alongside.conversations.writing import Address, Letter, answer, receive
from alongside.files.models import File
from alongside.importers.models import BROKEN, CREATED, CSV, DRAFT, PURPOSE, ImportedRow, PeopleImport
from alongside.keys.models import Key
from alongside.knowledge.models import Lesson
from alongside.members.models import TheirMember
from alongside.moments.models import Had, Moment, Mood, Note
from alongside.people.merging import merge
from alongside.people.models import CardOpening, Person, Relation
from alongside.portal import copying
from alongside.portal.objecting import object_to
from alongside.profiles.models import Answer, Product, Question, QuestionSet
from alongside.promises.models import Promise
from alongside.search.indexing import index_messages, index_people
from alongside.visits.models import Visit

WORD = "zanzarqua"  # stands in everything that is Joe's, and nowhere else
# By room: what of it is planted here. A room that comes to hold something of people stands here too.
PLANTED = {"card", "identities", "addresses", "relations", "conversations", "mail", "search", "objections", "openings",
           "promises", "visits", "moments", "moods", "had", "person_notes", "products", "profiles", "imports",
           "their_members", "repeated_answers", "booths", "booth_seats",
           "lessons"}


@pytest.fixture
def marked(joe, ryan, cafe, lena, austin):
    """Joe, about whom the word stands wherever one can write something."""
    joe.rename(called=f"Joe {WORD}", full_name=f"Joe {WORD} Hallam", by=lena.person)
    joe.describe(by=lena.person, what_matters=f"Puppy {WORD}")
    joe.reach_at("email", f"{WORD}@hallam.example")
    joe.reach_at("phone", "+44 7700 900123")
    joe.addresses.create(street=f"1 {WORD} Street", city="Leeds")
    other = Person.meet(called=f"J. {WORD}", email=f"j.{WORD}@work.example")
    merge(joe, other, by=lena.person, why=f"same {WORD}")
    Relation.tie(joe, austin, "other", by=lena.person, words=f"coach {WORD}")
    talk = _talks(joe, ryan, cafe, lena)
    _noted(joe, lena.person)
    _beside(joe, talk, lena)
    _shared(joe, ryan, lena)
    Lesson.make("A flat white at home", by=joe)  # the words are the house's; that it was him is held
    object_to(joe, f"The {WORD}", f"No {WORD}")
    CardOpening.note(joe.id, lena.person_id)
    TheirMember.choose(joe, lena, by=lena.person)
    Key.issue("my_page", subject=joe, name=WORD, data={"word": WORD})
    copying.ask(joe)
    index_people([joe.id, other.id])
    joe.refresh_from_db()
    return joe


def _talks(joe, ryan, cafe, lena):
    """A conversation of his, with files, a note, an answer and the mail as it came; and his word in Ryan's."""
    box = Mailbox.objects.create(inbox=cafe, address="post@cafe.example")
    talk = Conversation.start(inbox=cafe, person=joe, subject=f"Scone {WORD}")
    file = File.keep(f"crumbs {WORD}".encode(), name=f"{WORD}.txt")
    came = receive(talk, author=joe, sender=Address(f"{WORD}@hallam.example", f"Joe {WORD}"), text=f"Warm? {WORD}",
                   html=f"<p>{WORD}</p>", files=[(file, "", False)], message_id=f"{WORD}@x", subject=f"Scone {WORD}")
    raw = f"From: {WORD}@hallam.example\r\n\r\n{WORD}\r\n".encode()
    RawMail.objects.create(mailbox=box, source="imap", sha256=b"1", raw=raw, state="taken", message=came)
    RawMail.objects.create(mailbox=box, source="smtp", sha256=b"2", raw=raw, state="aside", subject=WORD,
                           sender=f"{WORD}@hallam.example")
    writing.note(talk, f"Cross {WORD}", by=lena.person)
    sent = answer(talk, Letter(text=f"Dear {WORD}", to=[Address(f"{WORD}@hallam.example")]), by=lena.person,
                  seen_id=10**12)
    others = Conversation.start(inbox=cafe, person=ryan, subject="Breakfast")
    receive(others, author=ryan, sender=Address(ryan.email), text="For ten.")
    aside = receive(others, author=joe, sender=Address(f"{WORD}@hallam.example"), text=f"For eleven, {WORD}")
    index_messages([came.id, sent.id, aside.id])
    return talk


def _beside(joe, talk, lena):
    """What lies about: drafts with files, letters that tell a member of him, answers kept for programs."""
    for where in ({"conversation": talk}, {"to": [{"address": f"{WORD}@hallam.example", "name": ""}]}):
        file = File.keep(f"draft {WORD} {len(where)}{list(where)}".encode(), name=f"{WORD}.txt", by=lena.person)
        drafting.save(lena, text=f"And {WORD}", files=[file.id], **where)
    told = f"Joe {WORD} wrote to you\nhttp://house.example/conversations/{talk.id}\n"
    told = EmailMessage("News", told, "house@cafe.example", [lena.email]).message().as_bytes()
    HouseLetter.objects.create(to=lena.email, raw=told, state=HouseLetter.FAILED)
    PostOfficeLetter.objects.create(sender="house@cafe.example", recipient=lena.email, raw=told)
    key, _token = Key.issue("api", by=lena.person, subject=lena.person, name="till")
    answers = apps.get_model("api.IdempotentAnswer").objects  # of a room beside ours
    kept = {"key": key, "request": b"-", "status": 201, "content_type": "application/json"}
    for number, body in enumerate((
        {"id": joe.id, "name": f"Joe {WORD}", "identities": [{"kind": "handle", "value": "@joe"}]},
        {"id": 7, "conversation": talk.id, "kind": "note", "text": f"As said: {WORD}"},
        {"kind": "email", "value": f"{WORD}@hallam.example"},
    )):
        answers.create(name=bytes([number]), body=json.dumps(body).encode(), **kept)


def _shared(joe, ryan, lena):
    """A booth of his, and his word in Ryan's, where he sat as a guest."""
    for person, goal in ((joe, f"A {WORD} poured"), (ryan, "Fed by 8:30")):
        booth = Booth.open(by=lena.person, person=person, goal=goal)
        guest, _session = Participant.join(BoothLink.make(booth, by=lena.person)[0], f"Joe {WORD}")
        guest.is_known_as(joe, by=lena.person)
        Step.add(booth, f"Warm the {WORD}", by=guest)
        ChatLine.say(booth, f"Is the {WORD} warm?", by=guest)
        BoothFile.lay(booth, File.keep(f"plan of {WORD} {booth.id}".encode(), name=f"{WORD}-plan.txt"), by=guest)
    Snapshot.objects.create(booth=Booth.objects.get(person=joe), data=WORD.encode())


def _noted(joe, by):
    """What the counter, the promises, the questions and the imports hold."""
    visit = Visit.begin(joe, by=by)
    for model, noted in ((Mood, {"mood": "bright"}), (Moment, {"words": f"Drew a {WORD}"}), (Note, {"text": WORD}),
                         (Had, {"what": f"{WORD} with oat milk"})):
        model.keep(joe, by=by, visit=visit.id, **noted)
    for words in (f"To call about {WORD}", f"A {WORD} on Friday"):
        promise = Promise.make(person=joe, words=words, due_at=timezone.now() + timedelta(days=2), by=by)
    promise.break_(f"No {WORD} left", f"A {WORD} on us", by=by)
    asked = Question.objects.create(set=QuestionSet.objects.create(key="home", name="Home"), key="dog", words="A dog?")
    Answer.give(joe, asked, f"A dog called {WORD}", provenance="told", by=by)
    loaf = Product.write_down(f"{WORD} loaf", joe, by=by, code=WORD)
    best = Question.objects.create(set=QuestionSet.objects.create(key="things", name="Things", for_kind="product"),
                                   key="best", words="Best at?")
    Answer.give(loaf, best, f"Toast with {WORD}", provenance="told", by=by)
    file = File.keep(WORD.encode() + b",", name="people.csv", purpose=PURPOSE)
    brought = PeopleImport.objects.create(file=file, name="people.csv", kind=CSV, state=DRAFT, by=by)
    done = PeopleImport.objects.create(name=f"friends and {WORD}.csv", kind=CSV, state="done", by=by)
    ImportedRow.objects.create(bringing=done, line=2, outcome=CREATED, person=joe, added={"called": WORD})
    ImportedRow.objects.create(bringing=done, line=3, outcome=BROKEN, reason=f"“{WORD}” is no mail address")
    assert brought.file_id
