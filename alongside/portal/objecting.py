"""A person objects to something we hold: it stands on their card, and members hear of it in a conversation."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.conversations.models import Conversation, Inbox
from alongside.conversations.writing import Address, receive
from alongside.events.models import record
from alongside.members.models import Organisation
from alongside.members.zones import language_of
from alongside.people.models import Person
from alongside.portal.models import Objection

CHANNEL = "my_page"
MOST_WORDS = 20_000


def object_to(person: Person, what: str, words: str) -> Objection:
    """Write it down, and begin a conversation about it where they last wrote. Records `people.objected`."""
    what, words = " ".join(what.split())[:300], words.strip()[:MOST_WORDS]
    with transaction.atomic():
        objection = Objection.objects.create(person=person, what=what, words=words,
                                             conversation=_conversation(person, what, words))
        record("people.objected", by=person, subject=person, data={"objection": objection.id})
        person.tell_screens()
    return objection


def _conversation(person: Person, what: str, words: str) -> Conversation | None:
    """Where members read and answer it, in the house's language; None where no inbox is open."""
    inbox = inbox_for(person)
    if inbox is None:
        return None
    with override(language_of(Organisation.ours().language)):
        subject, begins = _("Please look at what you keep about me"), _("I object to this: %(what)s") % {"what": what}
    return write(Conversation.start(inbox=inbox, person=person, subject=subject, channel=inbox.channel),
                 person, "\n\n".join(part for part in (begins, words) if part)).conversation


def inbox_for(person: Person) -> Inbox | None:
    """Where they wrote last, while that is open; else the first that is."""
    ours = Inbox.objects.filter(archived_at=None)
    theirs = ours.filter(conversations__person__in=person.cluster_ids).order_by("-conversations__last_at").first()
    return theirs or ours.order_by("id").first()


def write(conversation: Conversation, person: Person, text: str):
    """Put what they wrote on their page into the conversation, as any message of theirs; the message."""
    return receive(conversation, author=person, sender=Address(person.email, person.name), text=text, channel=CHANNEL)
