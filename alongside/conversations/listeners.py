"""What follows by itself: a new conversation goes to whom its person is usually with, and to nobody when they leave."""

from django.db import transaction

from alongside.conversations.models import OPEN, SNOOZED, Conversation, Inbox
from alongside.events.models import listen
from alongside.members.models import Member, TheirMember
from alongside.people.models import Person


@listen("conversations.started")
def to_their_member(event) -> None:
    """Give it to their member, if that one is at work, serves its inbox, and nobody has taken it meanwhile."""
    if Member.objects.filter(person=event.actor_id).exists():
        return  # one of us began it, and holds it
    with transaction.atomic():
        found = Conversation.objects.select_related("person__merged_into").filter(pk=event.data["conversation"])
        conversation = found.first()
        if conversation is None:
            return
        conversation = conversation.hold()
        member = TheirMember.of(conversation.whom)
        if member is None or conversation.assignee_id or conversation.state != OPEN or not member.is_at_work():
            return
        if Inbox.objects.visible_to(member.principal()).filter(pk=conversation.inbox_id).exists():
            conversation.assign(member, by=None)


@listen("members.left")
def leave_to_whoever_serves(event) -> None:
    """What the member had still to answer waits for all who serve its inbox; hearing it again finds nothing."""
    by = Person.objects.filter(pk=event.actor_id).first()
    theirs = Conversation.objects.filter(assignee=event.data["member"], state__in=(OPEN, SNOOZED))
    for conversation in theirs.select_related("person"):
        conversation.assign(None, by=by)
