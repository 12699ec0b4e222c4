"""Letting go of what somebody said: their conversations, their words in those of others, and the files in both."""

from dataclasses import dataclass, field

from django.db.models import F
from django.db.models.functions import Lower

from alongside.conversations.models import (
    UNDONE,
    WAITING,
    Block,
    Closure,
    Conversation,
    Draft,
    Enclosure,
    Message,
    Participant,
    Recipient,
    settle_columns,
)
from alongside.events.models import record
from alongside.files.models import File, drop_files
from alongside.people.models import EMAIL, Identity

_EMPTY = {"subject": "", "text": "", "folded": "", "html": "", "message_id": "", "in_reply_to": "", "references": [],
          "trouble": "", "sender_state": ""}


@dataclass(frozen=True)
class Touched:
    """Where somebody's words are. `quoting` are letters of others that came after theirs and may repeat them."""

    conversations: list[int] = field(default_factory=list)
    messages: list[int] = field(default_factory=list)  # in those conversations
    elsewhere: list[int] = field(default_factory=list)  # theirs, in conversations with others
    quoting: list[int] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)  # that nobody else is reached at


def touched(person_ids: list[int]) -> Touched:
    """Everything that holds words or addresses of these people, who are one cluster."""
    conversations = list(Conversation.objects.with_person(person_ids).values_list("id", flat=True))
    elsewhere = Message.objects.filter(author__in=person_ids, seat="yours").exclude(conversation__in=conversations)
    quoting = Message.objects.filter(
        conversation__in=elsewhere.values("conversation"), conversation__messages__in=elsewhere.values("id"),
        conversation__messages__at__lt=F("at")).exclude(author__in=person_ids)
    return Touched(
        conversations, list(Message.objects.filter(conversation__in=conversations).values_list("id", flat=True)),
        list(elsewhere.values_list("id", flat=True)), list(quoting.values_list("id", flat=True).distinct()),
        _addresses_of_nobody_else(person_ids),
    )


def erase(person_ids: list[int], *, keep_rows: bool) -> int:
    """Remove it all, in the caller's transaction; with `keep_rows` what remains is that there was a conversation.

    Returns how many messages were removed or emptied. Records `conversations.erased` for those of others.
    """
    found = touched(person_ids)
    theirs = [*found.messages, *found.elsewhere]
    drafts = _drafts(found)
    files = [*_files_in(theirs, person_ids), *(id for draft in drafts for id in draft.files)]
    others = _others(found)
    _tell_screens([*found.conversations, *others])
    _forget_addresses(found, person_ids)
    Draft.objects.filter(id__in=[draft.id for draft in drafts]).delete()
    Message.objects.filter(id__in=found.quoting).update(folded="", html="")
    if keep_rows:
        _empty(found, theirs)
    else:
        Message.objects.filter(id__in=found.elsewhere).delete()
        Conversation.objects.filter(id__in=found.conversations).delete()
    for conversation in Conversation.objects.filter(id__in=others):
        settle_columns(conversation.locked())
        record("conversations.erased", data={"conversation": conversation.id})
    drop_files(files)
    return len(theirs)


def _tell_screens(conversations: list[int]) -> None:
    """Lists and pages that stand open somewhere show it no more."""
    for conversation in Conversation.objects.filter(id__in=conversations).select_related("person"):
        conversation.hint([conversation.assignee_id])


def files_in(messages) -> list[int]:
    """The ids of files that lie in the messages with these ids."""
    return list(Enclosure.objects.filter(message__in=messages).values_list("file_id", flat=True))


def _files_in(messages: list[int], person_ids: list[int]) -> list[int]:
    brought = File.objects.filter(by__in=person_ids, purpose="mail").values_list("id", flat=True)
    return [*files_in(messages), *brought]


def _others(found: Touched) -> list[int]:
    """The conversations of other people that are seen to change: where they wrote, and what theirs were laid into."""
    into = Conversation.objects.filter(id__in=found.conversations, merged_into__isnull=False)
    wrote = Message.objects.filter(id__in=found.elsewhere).values_list("conversation", flat=True)
    addressed = Recipient.objects.annotate(key=Lower("address")).filter(key__in=found.addresses)
    changed = {*into.values_list("merged_into", flat=True), *wrote,
               *addressed.values_list("message__conversation", flat=True).distinct()}
    return sorted(changed - set(found.conversations))


def _forget_addresses(found: Touched, person_ids: list[int]) -> None:
    Recipient.objects.annotate(key=Lower("address")).filter(key__in=found.addresses).delete()
    Recipient.objects.filter(message__in=found.elsewhere).delete()
    Participant.objects.filter(person__in=person_ids).delete()
    Participant.objects.annotate(key=Lower("address")).filter(key__in=found.addresses).delete()
    Block.objects.filter(address__in=found.addresses).delete()


def _drafts(found: Touched) -> list[Draft]:
    """What members have begun to write in those conversations, or to an address of theirs."""
    begun = Draft.objects.filter(conversation=None)
    return [*Draft.objects.filter(conversation__in=found.conversations),
            *(draft for draft in begun if any(address in str([draft.to, draft.cc, draft.bcc]).casefold()
                                              for address in found.addresses))]


def _empty(found: Touched, messages: list[int]) -> None:
    Message.objects.filter(id__in=messages, state=WAITING).update(state=UNDONE, due_at=None)
    Message.objects.filter(id__in=messages).update(**_EMPTY)
    Recipient.objects.filter(message__in=messages).delete()
    Enclosure.objects.filter(message__in=messages).delete()
    Participant.objects.filter(conversation__in=found.conversations).delete()
    Closure.objects.filter(conversation__in=found.conversations).update(why="")
    Conversation.objects.filter(id__in=found.conversations).update(subject="", preview="")


def _addresses_of_nobody_else(person_ids: list[int]) -> list[str]:
    mine = Identity.objects.filter(person__in=person_ids, kind=EMAIL)
    shared = Identity.objects.filter(kind=EMAIL, key__in=mine.values("key")).exclude(person__in=person_ids)
    return list(mine.exclude(key__in=shared.values("key")).values_list("key", flat=True).distinct())
