"""Booths: opening one, what lies on it, letting somebody in by a link, ending it."""

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Status
from ninja.params import Path

from alongside.api.idempotency import shown_once
from alongside.api.operations import answers, needs
from alongside.api.pages import cut, page
from alongside.api.problems import Problem
from alongside.api.resources import loading
from alongside.api.schemas import booths as shapes
from alongside.api.schemas.base import Id
from alongside.booths import handing, promising
from alongside.booths.models import Booth, BoothLink, Ending
from alongside.booths.notes import Notes, notes_of
from alongside.conversations.models import Conversation
from alongside.lib.child import ChildError
from alongside.people.models import Person

router = Router(tags=["booths"])
ONE = "/booths/{code:id}"
READS, WRITES = needs("booths:read"), needs("booths:write")


@router.get("/booths", **answers(shapes.Booths), **READS)
def list_booths(request, response: HttpResponse, asked: Query[shapes.BoothsAsked]):
    """Booths that are open, or have ended, the latest touched first; of one person where one is named."""
    found = Booth.objects.visible_to(request.principal).filter(state=asked.state).select_related("person__merged_into")
    if asked.person:
        person = Person.objects.visible_to(request.principal).filter(pk=asked.person).first()
        found = found.filter(person__in=person.standing().cluster_ids if person else [])
    booths, after = cut(found, "touched_at", asked.cursor, asked.limit)
    return page(request, response, [_short(booth) for booth in booths], after)


@router.post("/booths", **answers(shapes.Booth, 201), **WRITES)
def open_booth(request, response: HttpResponse, given: shapes.NewBooth):
    """Open a booth, for somebody or for whoever will come."""
    person = loading.named(Person.objects.visible_to(request.principal), given.person, "person")
    seen = Conversation.objects.visible_to(request.principal)
    conversation = loading.named(seen, given.conversation, "conversation")
    booth = Booth.open(by=request.member.person, person=person or (conversation and conversation.whom),
                       conversation_id=given.conversation, goal=given.goal)
    response["Location"] = f"{request.path}/{booth.code}"
    return Status(201, shape_of(booth))


@router.get(ONE, **answers(shapes.Booth), **READS)
def read_booth(request, id: Path[shapes.Code]):
    """One booth: its goal, steps, notes and files, who sits in it, and how it ended."""
    return shape_of(loading.booth(request, id))


@router.post(f"{ONE}/links", **answers(shapes.Link, 201), **WRITES)
def make_booth_link(request, id: Path[shapes.Code], given: shapes.NewLink):
    """Make a link that lets somebody in without an account. Its address is shown this once."""
    booth, lasts = loading.booth(request, id), None
    if given.expires_at is not None:
        lasts = given.expires_at - timezone.now()
        if lasts.total_seconds() <= 0:
            raise Problem(422, detail="expires_at: this time has passed.")
    shown_once(request)
    link, token = BoothLink.make(booth, by=request.member.person, role=given.role, lasts=lasts, uses=given.max_uses)
    return Status(201, {"id": link.id, "url": handing.address_of(token)})


@router.delete(f"{ONE}/links/{{int:link_id}}", **answers(None, 204), **WRITES)
def revoke_booth_link(request, id: Path[shapes.Code], link_id: Path[Id]):
    """Take a link back: whoever came in by it is out within seconds."""
    link = loading.one(loading.booth(request, id).links.select_related("key", "booth__person"), link_id)
    link.revoke(by=request.member.person)
    return Status(204, None)


@router.put(f"{ONE}/ending", **answers(shapes.Booth), **WRITES)
def say_how_it_ended(request, id: Path[shapes.Code], given: shapes.NewEnding):
    """Say, for the key's member, whether the goal was reached."""
    with loading.at_the_table(request, id) as (booth, place):
        Ending.say(booth, given.answer, given.words, by=place)
    return shape_of(loading.booth(request, id))


@router.put(f"{ONE}/closure", **answers(shapes.Booth), **WRITES)
def end_booth(request, id: Path[shapes.Code], given: shapes.BoothClosure | None = None):
    """End it: nothing on the page changes any more, and everyone may still read it."""
    promises = [(each.step, (each.due_at, each.whole_day)) for each in given.promises] if given else []
    if promises:
        with loading.at_the_table(request, id, field="promises") as (booth, place):
            promising.end(booth, promises, by=place)
    else:
        loading.booth(request, id).end(by=request.member.person)
    return shape_of(loading.booth(request, id))


@router.delete(f"{ONE}/closure", **answers(shapes.Booth), **WRITES)
def reopen_booth(request, id: Path[shapes.Code]):
    """Go on where it ended."""
    with transaction.atomic():
        loading.booth(request, id).reopen(by=request.member.person)
    return shape_of(loading.booth(request, id))


def _short(booth: Booth) -> dict:
    columns = ("state", "goal", "opened_at", "touched_at", "ended_at")
    return {name: getattr(booth, name) for name in columns} | {
        "id": booth.code, "url": settings.PUBLIC_URL + reverse("booths:booth", args=[booth.code]),
        "person": booth.person and booth.person.standing(), "conversation": booth.conversation_id}


def shape_of(booth: Booth) -> dict:
    """A booth as the API shows it, whole."""
    notes = _notes_of(booth)
    return _short(booth) | {
        "participants": list(booth.participants.order_by("id")), "steps": list(booth.steps.standing()),
        "notes": {"markdown": notes.markdown, "prosemirror": notes.prosemirror},
        "files": [file_shape(booth, laid) for laid in booth.enclosures.standing().select_related("file")],
        "agreements": list(booth.agreements.all()), "endings": list(booth.endings.all())}


def _notes_of(booth: Booth) -> Notes:
    try:
        return notes_of(booth)
    except ChildError:
        raise Problem(503, detail="The notes cannot be read just now. Ask again in a moment.") from None


def file_shape(booth: Booth, laid) -> dict:
    """A file on the table as the API shows it."""
    return {"id": laid.id, "name": laid.file.name, "content_type": laid.file.content_type, "size": laid.file.size,
            "url": f"/api/v1/booths/{booth.code}/files/{laid.id}", "by": laid.by_id, "at": laid.at,
            "in_page": laid.in_page}
