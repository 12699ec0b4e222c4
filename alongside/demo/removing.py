"""Takes the demo's world away, and everything that grew on it, and leaves what belongs to real people."""

from django.db import transaction
from django.db.models import PROTECT, Q, Subquery

from alongside.booths import erasing
from alongside.booths.models import Booth, BoothLink, Participant
from alongside.channels.email.models import Mailbox, Outgoing, PostOfficeLetter, RawMail
from alongside.conversations.models import Block, Conversation, Enclosure, Inbox, Message, SavedReply, Tag
from alongside.demo.answering import forget_questions
from alongside.demo.teaching import forget_lessons
from alongside.events.models import Event
from alongside.files.models import File
from alongside.members.models import Location, Member, Organisation, Team
from alongside.people.models import EMAIL, Identity, Merging, Person
from alongside.profiles.models import Product
from alongside.promises.models import Promise


def remove() -> int:
    """Remove the demo; returns how many conversations went. What real members and people own stays."""
    with transaction.atomic():
        inboxes = Inbox.objects.filter(demo=True)
        people = Person.objects.filter(Q(demo=True) | ~Q(pk__in=_known_elsewhere(inboxes)), member=None)
        doomed = Conversation.objects.filter(
            Q(inbox__in=inboxes) | Q(person__in=people.filter(demo=True)) | Q(demo=True)
        )
        conversations = list(doomed.values_list("id", flat=True))
        members = Member.objects.filter(demo=True)
        leaving = set(people.values_list("id", flat=True)) | set(members.values_list("person_id", flat=True))
        _remove_booths(leaving)
        _unblock(leaving)
        _remove_conversations(conversations)
        _remove_mail(inboxes)
        SavedReply.objects.filter(demo=True).delete()
        Tag.objects.filter(demo=True, taggings=None).delete()
        inboxes.delete()
        members.delete()
        Team.objects.filter(demo=True).delete()
        Promise.objects.filter(Q(person__in=leaving) | Q(demo=True)).delete()
        _remove_events(conversations, leaving)
        Merging.objects.filter(Q(kept__in=leaving) | Q(taken__in=leaving)).delete()
        Product.objects.filter(maker__in=leaving).delete()
        Person.objects.filter(merged_into__in=leaving).update(merged_into=None)
        _hand_over(leaving)
        Person.objects.filter(id__in=leaving).delete()
        Location.objects.filter(demo=True).delete()
        forget_questions()
        forget_lessons()
        _forget_organisation()
    return len(conversations)


def _known_elsewhere(inboxes):
    """People whom only the demo's doors brought in are part of it, though nobody marked them."""
    met_here = Conversation.objects.filter(inbox__in=inboxes).values("person")
    met_outside = Conversation.objects.exclude(inbox__in=inboxes).values("person")
    return Person.objects.exclude(Q(pk__in=met_here) & ~Q(pk__in=met_outside)).values("pk")


def _remove_booths(people: set[int]) -> None:
    """The demo's booths, and those with its people; with what the ledger says of them and of the keys to them."""
    booths = Booth.objects.filter(Q(demo=True) | Q(person__in=people) | Q(opened_by__in=people))
    ids = list(booths.values_list("id", flat=True))
    links = BoothLink.objects.filter(booth__in=ids).values_list("key", flat=True)
    seats = Participant.objects.filter(booth__in=ids).exclude(session=None).values_list("session", flat=True)
    keys = [*links, *seats]
    erasing.forget(ids, keep_rows=False)
    Event.objects.filter(Q(data__booth__in=ids) | Q(data__key__in=keys)).delete()


def _unblock(people: set[int]) -> None:
    """Whoever was blocked in the demo has gone with it."""
    keys = Identity.objects.filter(person__in=people, kind=EMAIL).values_list("key", flat=True)
    Block.objects.covering(keys).delete()


def _hand_over(people: set[int]) -> None:
    """What members of the demo did for real people stays, without their names.

    What was written is nobody's; who decided something (a block, an ending, a merge, an import) is the owner now.
    """
    Message.objects.filter(author__in=people).update(author=None)
    heir = Member.objects.filter(role="owner", demo=False).order_by("id").values("person")[:1]
    for relation in Person._meta.get_fields(include_hidden=True):
        if relation.one_to_many and relation.on_delete is PROTECT:
            rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": people})
            rows.update(**{relation.field.name: Subquery(heir)})


def _remove_conversations(ids: list[int]) -> None:
    messages = Message.objects.filter(conversation__in=ids)
    Outgoing.objects.filter(message__in=messages).delete()
    files = set(Enclosure.objects.filter(message__in=messages).values_list("file_id", flat=True))
    Conversation.objects.filter(merged_into__in=ids).update(merged_into=None)
    Conversation.objects.filter(id__in=ids).delete()
    used = set(Enclosure.objects.filter(file__in=files).values_list("file_id", flat=True))
    File.objects.filter(id__in=files - used).delete()


def _remove_mail(inboxes) -> None:
    mailboxes = Mailbox.objects.filter(inbox__in=inboxes)
    RawMail.objects.filter(mailbox__in=mailboxes).delete()
    PostOfficeLetter.objects.all().delete()
    mailboxes.delete()


def _remove_events(conversations: list[int], people: set[int]) -> None:
    """The ledger outlives an erasure, but the demo never happened."""
    theirs = Q(subject_id__in=people) | Q(actor_id__in=people) | Q(data__conversation__in=conversations)
    Event.objects.filter(theirs).delete()


def _forget_organisation() -> None:
    """The house has no name again, so the owner is asked for it next."""
    organisation = Organisation.ours()
    organisation.name, organisation.languages, organisation.set_up_at = "", [], None
    organisation.save()
