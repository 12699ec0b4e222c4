"""Messages and notes: reading them, and putting words into a conversation."""

from django.http import HttpResponse
from ninja import Query, Router, Status
from ninja.params import Path

from alongside.api.operations import answers, needs
from alongside.api.pages import cut, page
from alongside.api.problems import Problem
from alongside.api.resources import loading
from alongside.api.schemas.base import Id, Paging
from alongside.api.schemas.conversations import Message as MessageShape
from alongside.api.schemas.conversations import Messages, NewMessage, NewNote
from alongside.conversations import recipients, writing
from alongside.conversations.letters import Address, BadAddress, Letter, NobodyToWriteTo, TooLong
from alongside.conversations.models import Conversation, Message
from alongside.people.models import EMAIL

CHANNEL = "api"
router = Router(tags=["messages"])


@router.get("/conversations/{int:id}/messages", **answers(Messages), **needs("conversations:read"))
def list_messages(request, response: HttpResponse, id: Path[Id], asked: Query[Paging]):
    """The messages of a conversation, newest first; notes among them only for a key with `notes:read`."""
    conversation = loading.conversation(request, id)
    shown = loading.messages(request).filter(conversation__in=conversation.cluster_ids())
    found, after = cut(shown, "at", asked.cursor, asked.limit)
    return page(request, response, [shape_of(message) for message in found], after)


@router.get("/messages/{int:id}", **answers(MessageShape), **needs("conversations:read"))
def read_message(request, id: Path[Id]):
    """One message."""
    return shape_of(loading.message(request, id))


@router.post("/conversations/{int:id}/messages", **answers(MessageShape, 201), **needs("messages:write"))
def write_message(request, response: HttpResponse, id: Path[Id], given: NewMessage):
    """Put words into a conversation: those of the person (`yours`), or an answer to them (`ours`)."""
    message = put_in(request, given, conversation=loading.conversation(request, id))
    return _written(request, response, message)


@router.post("/conversations/{int:id}/notes", **answers(MessageShape, 201), **needs("messages:write"))
def write_note(request, response: HttpResponse, id: Path[Id], given: NewNote):
    """Keep a note among colleagues. It can never leave the house."""
    conversation = loading.conversation(request, id)
    return _written(request, response, writing.note(conversation, given.text, by=request.member.person,
                                                      files=loading.files_named(request, given.files)))


@router.delete("/messages/{int:id}", **answers(None, 204), **needs("messages:write"))
def take_back(request, id: Path[Id]):
    """Take back an answer that has not left yet; it becomes the member's draft."""
    message = loading.message(request, id)
    try:
        writing.take_back(message, by=request.member.person)
    except writing.TooLate:
        raise Problem(409, detail="It has left, or never was on its way.") from None
    return Status(204, None)


def put_in(request, given: NewMessage, *, conversation: Conversation | None = None, inbox=None, person=None) -> Message:
    """Put the words into `conversation`, or into a new one of `inbox` with `person`. Raises Problem."""
    try:
        if given.seat == "yours":
            return _receive(request, given, conversation, inbox, person)
        if "messages:write" not in request.principal.scopes:
            raise Problem(403, "insufficient-scope", "Writing to people needs messages:write.", scope="messages:write")
        return _send(request, given, conversation, inbox, person)
    except writing.UnseenMessage as unseen:
        raise Problem(409, "unseen-message", "Read it, then send again with `seen` as its id.",
                      newest=unseen.newest.id) from None  # fmt: skip
    except NobodyToWriteTo:
        raise Problem(422, detail="to: nobody is named to whom it would go.") from None
    except BadAddress as bad:
        raise Problem(422, detail=f"This is not a whole address: {bad.address}") from None
    except TooLong as long:
        raise Problem(422, detail=f"Too many {long.what}: at most {long.most}.") from None


def _receive(request, given: NewMessage, conversation, inbox, person) -> Message:
    if given.to or given.cc or given.bcc or given.send_at or given.seen is not None:
        raise Problem(422, detail="to, cc, bcc, send_at and seen are for messages of ours.")
    person = conversation.person if conversation else person
    sender = _sender(given, person.standing())
    files = [(file, "", False) for file in loading.files_named(request, given.files)]
    conversation = conversation or Conversation.start(inbox=inbox, person=person, subject=given.subject,
                                                      channel=inbox.channel)  # fmt: skip
    return writing.receive(conversation, author=person, sender=sender, text=given.text, subject=given.subject,
                           channel=CHANNEL, files=files)  # fmt: skip


def _sender(given: NewMessage, person) -> Address:
    """The address an answer would go to: one of the person's own, so that no caller turns answers elsewhere."""
    known = {i.value.casefold(): i.value for i in person.reached if i.kind == EMAIL}
    if given.from_address is None:
        if not person.email:
            raise Problem(422, detail="This person has no mail address yet. Add one as an identity.")
        return Address(person.email, person.name)
    if given.from_address.address.strip().casefold() not in known:
        raise Problem(422, detail="from_address: this is none of the person's addresses. Add it as an identity.")
    return Address(given.from_address.address, given.from_address.name).checked()


def _send(request, given: NewMessage, conversation, inbox, person) -> Message:
    by = request.member.person
    if given.from_address:
        raise Problem(422, detail="from_address is for messages of theirs (`yours`).")
    lines = [[Address(a.address, a.name) for a in line] for line in (given.to, given.cc, given.bcc)]
    letter = Letter(given.text, *lines, subject=given.subject, send_at=given.send_at,
                    files=loading.files_named(request, given.files))
    if conversation is None:
        if not letter.to and person.email:
            letter.to = [Address(person.email, person.name)]
        return writing.begin(inbox=inbox, person=person, letter=letter, by=by)
    if given.seen is None and conversation.newest_id:
        raise Problem(422, detail="seen: send `newest` of the conversation as you last saw it.")
    answered = recipients.to_answer(conversation)
    if not (letter.to or letter.cc or letter.bcc) and answered:
        addressing = recipients.reply(answered)
        letter.to, letter.subject = addressing.to, letter.subject or addressing.subject
    return writing.answer(conversation, letter, by=by, seen_id=given.seen or 0)


def _written(request, response, message: Message):
    response["Location"] = f"/api/v1/messages/{message.id}"
    shown = Message.objects.select_related("author__merged_into").prefetch_related("recipients", "enclosures__file")
    return Status(201, shape_of(shown.get(pk=message.id)))


def shape_of(message: Message) -> dict:
    """A message as the API shows it."""
    columns = ("id", "kind", "seat", "channel", "subject", "text", "at", "state", "due_at")
    return {name: getattr(message, name) for name in columns} | {
        "conversation": message.conversation_id,
        "author": message.author and message.author.standing(),
        "recipients": list(message.recipients.all()),
        "files": [enclosure.file for enclosure in message.enclosures.all()],
    }
