"""Conversations, and what is done with them."""

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router, Status
from ninja.params import Path

from alongside.api.operations import answers, needs
from alongside.api.pages import cut, page, place_of
from alongside.api.problems import Problem, not_found
from alongside.api.resources import loading
from alongside.api.resources.messages import put_in
from alongside.api.schemas.base import Id
from alongside.api.schemas.conversations import (
    Assignment,
    Closing,
    ConversationChange,
    Conversations,
    ConversationsAsked,
    NewConversation,
    NewTag,
    Snooze,
)
from alongside.api.schemas.conversations import Conversation as ConversationShape
from alongside.conversations import listing, tagging
from alongside.conversations.models import Conversation, Tag
from alongside.members.models import Member, Team
from alongside.people.models import Person

router = Router(tags=["conversations"])
ONE = "/conversations/{int:id}"
READS, WRITES = needs("conversations:read"), needs("conversations:write")


@router.get("/conversations", **answers(Conversations), **READS)
def list_conversations(request, response: HttpResponse, asked: Query[ConversationsAsked]):
    """Conversations, newest first: a view as in the inbox, of one inbox or tag; or all with one person."""
    if asked.person:
        person = Person.objects.visible_to(request.principal).filter(pk=asked.person).first()
        ids = person.standing().cluster_ids if person else []
        theirs = Conversation.objects.visible_to(request.principal).whole().with_person(ids)
        found, after = cut(theirs, "last_at", asked.cursor, asked.limit)
        ids = [conversation.id for conversation in found]
    else:
        place_of(asked.cursor)
        rows = listing.page(request.principal, asked.view, inbox=asked.inbox, tag=asked.tag, cursor=asked.cursor,
                            size=asked.limit)  # fmt: skip
        ids, after = [row.id for row in rows.rows], rows.next_cursor
    return page(request, response, shapes_of(request, ids), after)


@router.post("/conversations", **answers(ConversationShape, 201), **needs("conversations:write"))
def begin_conversation(request, response: HttpResponse, given: NewConversation):
    """Begin a thread with its first message, which the person wrote (`yours`) or which goes out to them (`ours`)."""
    inbox = loading.inbox(request, given.inbox)
    person = loading.named(Person.objects.visible_to(request.principal), given.person, "person").standing()
    with transaction.atomic():
        message = put_in(request, given.message, inbox=inbox, person=person)
    response["Location"] = f"{request.path}/{message.conversation_id}"
    return Status(201, shape_of(request, message.conversation_id))


@router.get(ONE, **answers(ConversationShape), **READS)
def read_conversation(request, id: Path[Id]):
    """One conversation; one that was merged into another answers as that one."""
    return shape_of(request, loading.conversation(request, id).id)


@router.patch(ONE, **answers(ConversationShape), **WRITES)
def change_conversation(request, id: Path[Id], given: ConversationChange):
    """Give it another subject (for us), say how soon it needs an answer, or put it into another inbox."""
    conversation, by = loading.conversation(request, id), request.member.person
    with transaction.atomic():
        if given.subject is not None:
            conversation.retitle(given.subject, by=by)
        if given.priority is not None:
            conversation.prioritise(given.priority, by=by)
        if given.inbox is not None:
            conversation.move(loading.inbox(request, given.inbox), by=by)
    return _after(request, conversation)


@router.put(f"{ONE}/assignment", **answers(ConversationShape), **WRITES)
def assign(request, id: Path[Id], given: Assignment):
    """Give it to a member, or put it before a team; null takes it from them."""
    conversation, by = loading.conversation(request, id), request.member.person
    member = loading.named(Member.objects.filter(is_active=True), given.member, "member")
    team = loading.named(Team.objects.all(), given.team, "team")
    with transaction.atomic():
        if "team" in given.model_fields_set:
            conversation.hand_to(team, by=by)
        if "member" in given.model_fields_set:
            conversation.assign(member, by=by)
    return _after(request, conversation)


@router.put(f"{ONE}/closure", **answers(ConversationShape), **WRITES)
def close(request, id: Path[Id], given: Closing):
    """Done: everyone has an answer."""
    conversation = loading.conversation(request, id)
    conversation.close(by=request.member.person, why=given.why)
    return shape_of(request, conversation.id)


@router.delete(f"{ONE}/closure", **answers(ConversationShape), **WRITES)
def reopen(request, id: Path[Id]):
    """Bring it back among the open ones, from wherever it rests."""
    conversation = loading.conversation(request, id)
    conversation.reopen(by=request.member.person)
    return shape_of(request, conversation.id)


@router.put(f"{ONE}/snooze", **answers(ConversationShape), **WRITES)
def snooze(request, id: Path[Id], given: Snooze):
    """Let it rest until then; an answer wakes it sooner."""
    conversation = loading.conversation(request, id)
    try:
        conversation.snooze(given.until, by=request.member.person)
    except ValueError:
        raise Problem(422, detail="until: this time has passed.") from None
    return shape_of(request, conversation.id)


@router.delete(f"{ONE}/snooze", **answers(ConversationShape), **WRITES)
def wake(request, id: Path[Id]):
    """Wake it now."""
    return reopen(request, id)


@router.post(f"{ONE}/tags", **answers(ConversationShape, 201), **WRITES)
def tag(request, id: Path[Id], given: NewTag):
    """Put a word on it; a new word becomes a tag."""
    conversation = loading.conversation(request, id)
    try:
        tagging.tag(conversation, given.name, by=request.member.person)
    except ValueError:
        raise Problem(422, detail="name: nothing is left of it.") from None
    return Status(201, shape_of(request, conversation.id))


@router.delete(f"{ONE}/tags/{{int:tag_id}}", **answers(ConversationShape), **WRITES)
def untag(request, id: Path[Id], tag_id: Path[Id]):
    """Take a word off it."""
    conversation = loading.conversation(request, id)
    tag = Tag.objects.filter(pk=tag_id, taggings__conversation=conversation).first()
    if tag is None:
        raise not_found()
    tagging.untag(conversation, tag, by=request.member.person)
    return shape_of(request, conversation.id)


def _after(request, conversation: Conversation) -> dict:
    """The conversation as it is now; whoever moved it out of their own sight is told no more than that."""
    shapes = shapes_of(request, [conversation.id])
    if not shapes:
        raise Problem(403, detail="Done. The conversation is now where this key's member does not see it.")
    return shapes[0]


def shape_of(request, id: int) -> dict:
    """A conversation as the API shows it."""
    shapes = shapes_of(request, [id])
    if not shapes:
        raise not_found()
    return shapes[0]


def shapes_of(request, ids: list[int]) -> list[dict]:
    """Those of `ids` that the caller may see, newest first."""
    visible = Conversation.objects.visible_to(request.principal).filter(id__in=ids)
    related = visible.select_related("inbox", "person__merged_into", "assignee__person", "team")
    return [_shape(conversation) for conversation in related.prefetch_related("tags").order_by("-last_at", "-id")]


def _shape(conversation: Conversation) -> dict:
    columns = ("id", "subject", "state", "channel", "priority", "inbox", "assignee", "team", "last_at",
               "last_seat", "preview", "snoozed_until")  # fmt: skip
    shown = {name: getattr(conversation, name) for name in columns} | {"person": conversation.whom}
    return shown | {"tags": list(conversation.tags.all()), "newest": conversation.newest_id}
