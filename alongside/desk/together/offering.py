"""Laying a link to a booth into the draft of an answer: a member reads it before it goes."""

from datetime import timedelta

from django.db import transaction

from alongside.booths import handing
from alongside.booths.models import Booth, BoothLink
from alongside.booths.models.link import SAID
from alongside.conversations import drafting
from alongside.conversations.models import Conversation, Draft
from alongside.members.models import Member

LASTS = timedelta(days=14)


def booth_of(conversation: Conversation, *, by: Member) -> Booth:
    """The open booth of a conversation; where there is none, one is opened for whom it is with."""
    known = Booth.objects.open().filter(conversation_id=conversation.id).first()
    return known or Booth.open(by=by.person, person=conversation.whom, conversation_id=conversation.id)


def offer(conversation: Conversation, booth: Booth, *, by: Member) -> None:
    """Put a fresh link at the end of what `by` has drafted in reply, in the person's language.

    Raises drafting.DraftConflict when another tab saved meanwhile, TooLong when there is no room; then no link is made.
    """
    with transaction.atomic():
        _link, token = BoothLink.make(booth, by=by.person, lasts=LASTS, way=SAID)
        with handing.in_their_language(conversation.whom):
            words = handing.invitation(booth, token)
        draft = Draft.objects.filter(member=by, conversation=conversation, kind="message").first()
        text = f"{draft.text.rstrip()}\n\n{words}" if draft and draft.text.strip() else words
        seen = {} if draft else {"seen_id": conversation.newest_id}
        drafting.save(by, conversation=conversation, revision=draft.revision if draft else 0, text=text, **seen)
