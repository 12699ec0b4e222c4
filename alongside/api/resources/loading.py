"""Loading what an operation is about; what is missing and what is foreign get the same 404."""

from contextlib import contextmanager

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from alongside.api.problems import Problem, not_found
from alongside.booths.models import Booth, Full, NotOpen, Participant
from alongside.booths.sent import Nonsense
from alongside.conversations.models import Conversation, Enclosure, Inbox, Message
from alongside.files.models import File
from alongside.keys.models import Key
from alongside.people.gathering import gather
from alongside.people.models import Person


def person(request, id: int) -> Person:
    """Whoever stands for the person `id` today, if the caller may see them, with identities of all their records."""
    found = one(Person.objects.visible_to(request.principal).select_related("merged_into"), id)
    return gather([found.standing()])[0]


def conversation(request, id: int) -> Conversation:
    """The conversation that stands for `id` today, if the caller may see it."""
    visible = Conversation.objects.visible_to(request.principal)
    found = one(visible, id)
    return one(visible, found.merged_into_id) if found.merged_into_id else found


def message(request, id: int) -> Message:
    """A message the caller may see; a note only with the scope for notes."""
    return one(messages(request), id)


def messages(request):
    """The messages that the caller may see, ready to be shown."""
    visible = Message.objects.visible_to(request.principal)
    if "notes:read" not in request.principal.scopes:
        visible = visible.filter(kind="message")
    return visible.select_related("author__merged_into").prefetch_related("recipients", "enclosures__file")


def booth(request, code: str) -> Booth:
    """A booth the caller may see, by what stands for it in its address."""
    seen = Booth.objects.visible_to(request.principal).select_related("person__merged_into")
    found = seen.filter(code=code).first()
    if found is None:
        raise not_found()
    return found


@contextmanager
def at_the_table(request, code: str, field: str = "what was sent"):
    """A booth and the seat of the key's member in it, to change something there.

    Raises the problem 409; and 422, which names `field`, when what it says cannot be done.
    """
    found = booth(request, code)
    try:
        with transaction.atomic():
            place = Participant.sit_down(found, request.member)
            place.booth = found
            yield found, place
    except NotOpen:
        raise Problem(409, detail="The booth has ended. DELETE its closure to change something again.") from None
    except Full:
        raise Problem(409, detail="There is as much of it in this booth as fits.") from None
    except Nonsense as wrong:
        raise Problem(422, detail=f"{field}: {wrong}") from None


def file(request, id: int) -> File:
    """A file the caller may read."""
    return one(files(request).select_related("blob"), id)


def files(request):
    """The files that the caller may read: in messages that they may see, and those that this very key sent."""
    lying = Enclosure.objects.filter(file=OuterRef("pk"), message__in=messages(request).order_by())
    return File.objects.filter(Q(purpose=sent_by(request.api_key)) | Exists(lying))


def sent_by(key: Key) -> str:
    """What is written on a file that came with `key`."""
    return f"api key {key.id}"


def files_named(request, ids: list[int]) -> list[File]:
    """The files that the request names, in their order, each once. Raises the problem 422."""
    known = files(request).in_bulk(ids) if ids else {}
    if missing := [id for id in ids if id not in known]:
        raise Problem(422, detail=f"files: there is no {missing[0]}, or it is not yours to see.")
    return [known[id] for id in dict.fromkeys(ids)]


def named(queryset, id: int | None, field: str):
    """Something that the request names in `field`; what the caller may not see cannot be named."""
    if id is None:
        return None
    found = queryset.filter(pk=id).first()
    if found is None:
        raise Problem(422, detail=f"{field}: there is no {id}, or it is not yours to see.")
    return found


def inbox(request, id: int) -> Inbox:
    """An inbox that the request names."""
    return named(Inbox.objects.visible_to(request.principal).filter(archived_at=None), id, "inbox")


def one(queryset, id: int):
    """The row with that id. Raises the problem 404."""
    found = queryset.filter(pk=id).first()
    if found is None:
        raise not_found()
    return found
