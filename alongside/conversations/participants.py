"""Strangers on a thread: let in as someone, or given a conversation of their own."""

from django.db import transaction

from alongside.conversations.models import Conversation, Message, Participant, settle_columns
from alongside.people.models import EMAIL, Person


def let_in(participant: Participant, *, by: Person, person: Person | None = None) -> Person:
    """A held stranger takes part from now on: as `person`, whom we know, or as someone new. Records `let_in`.

    Their words are told of as theirs, and an answer may go to them. Letting in whoever is in already changes nothing.
    """
    with transaction.atomic():
        conversation = participant.conversation.hold()
        now = Participant.objects.select_for_update(of=("self",)).select_related("person").get(pk=participant.pk)
        if not now.held and now.person:
            return now.person
        person = _who(now, person, by)
        now.held, now.person, now.let_in_by = False, person, by
        now.save(update_fields=["held", "person", "let_in_by"])
        _written_by(now, conversation).update(held=False, author=person)
        conversation._tell("let_in", by=by, data={"participant": now.id, "person": person.id})
    return person


def split_out(participant: Participant, *, by: Person, person: Person | None = None) -> Conversation:
    """Give a held stranger a conversation of their own, with what they wrote. Records `split_out` and `started`.

    Raises ValueError when they are not held, or wrote nothing that still stands here.
    """
    with transaction.atomic():
        conversation = participant.conversation.hold()
        now = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
        written = list(_written_by(now, conversation).order_by("at", "id"))
        if not now.held or not written:
            raise ValueError("nothing to split out")
        person = _who(now, person, by)
        own = Conversation.start(inbox=conversation.inbox, person=person, subject=written[0].subject,
                                 channel=conversation.channel, at=written[0].at)
        Message.objects.filter(id__in=[m.id for m in written]).update(conversation=own, held=False, author=person)
        Participant.objects.create(conversation=own, person=person, address=now.address, name=now.name, let_in_by=by)
        now.delete()
        settle_columns(own)
        settle_columns(conversation)
        conversation._tell("split_out", by=by, data={"to": own.id})
        own.hint()
    return own


def _who(participant: Participant, person: Person | None, by: Person) -> Person:
    if person is None:
        return Person.meet(full_name=participant.name, email=participant.address, by=by)
    person.reach_at(EMAIL, participant.address, provenance="told", by=by)
    return person


def _written_by(participant: Participant, conversation: Conversation):
    return Message.objects.filter(
        conversation__in=conversation.cluster_ids(), held=True,
        id__in=Message.objects.filter(recipients__role="from", recipients__address__iexact=participant.address,
                                      conversation__in=conversation.cluster_ids()).values("id"),
    )
