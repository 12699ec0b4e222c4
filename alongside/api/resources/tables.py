"""What lies on the table of a booth, and coming to it by a link: steps, lines, files."""

from allauth.core import ratelimit
from django.http import HttpResponse
from ninja import Query, Router, Status
from ninja.params import Path

from alongside.api.operations import answers, needs
from alongside.api.pages import cut, page
from alongside.api.problems import Problem, not_found
from alongside.api.resources import loading
from alongside.api.resources.booths import ONE, READS, WRITES, file_shape
from alongside.api.resources.files import GIVES, also
from alongside.api.schemas import booths as shapes
from alongside.api.schemas.base import Id, Paging
from alongside.booths import joining, laying
from alongside.booths.models import Booth, ChatLine, Step
from alongside.files.handing import hand_out

router = Router(tags=["booths"])
STEP = f"{ONE}/steps/{{int:step_id}}"


@router.post("/booths/join", **answers(shapes.Joined, 201), auth=None)
def join_booth(request, given: shapes.Joining):
    """Sit down by a link. Needs no key: whoever has the link's token may, as a guest who is thereby nobody we know."""
    if not ratelimit.consume(request, action="booth_door"):
        raise Problem(429, detail="Too many tries from here. Wait a minute.", headers={"Retry-After": "60"})
    try:
        guest, session = joining.come_in(given.token, given.name)
    except joining.Closed as closed:
        raise not_found(f"The link does not open: {closed.why.replace('_', ' ')}.") from None
    except ValueError:
        raise Problem(422, detail="name: nothing is left of it.") from None
    return Status(201, {"booth": guest.booth.code, "session": session, "role": guest.role})


@router.post(f"{ONE}/steps", **answers(shapes.Step, 201), **WRITES)
def add_step(request, id: Path[shapes.Code], given: shapes.NewStep):
    """Add a step at the end."""
    with loading.at_the_table(request, id) as (booth, place):
        return Status(201, Step.add(booth, given.words, by=place, whose=given.whose, due_at=given.due_at,
                                    whole_day=given.whole_day))


@router.patch(STEP, **answers(shapes.Step), **WRITES)
def change_step(request, id: Path[shapes.Code], step_id: Path[Id], given: shapes.StepChange):
    """Say it otherwise, give it to somebody, put it elsewhere, tick it, take it off or put it back."""
    with loading.at_the_table(request, id) as (booth, place):
        step, said = _step(booth, step_id), given.model_fields_set
        if given.words is not None:
            step.reword(given.words, by=place)
        if given.whose is not None:
            step.give(given.whose, by=place)
        if said & {"due_at", "whole_day"}:
            due_at = given.due_at if "due_at" in said else step.due_at
            whole_day = step.whole_day if given.whole_day is None else given.whole_day
            step.set_due(due_at, whole_day=whole_day, by=place)
        if "after" in said:
            step.move_after(_step(booth, given.after) if given.after else None, by=place)
        if given.done is not None:
            (step.tick if given.done else step.untick)(by=place)
        if given.removed is not None:
            (step.remove if given.removed else step.restore)(by=place)
    return step


@router.get(f"{ONE}/lines", **answers(shapes.Lines), **READS)
def list_lines(request, response: HttpResponse, id: Path[shapes.Code], asked: Query[Paging]):
    """What was said in writing, newest first."""
    lines, after = cut(loading.booth(request, id).lines.order_by(), "at", asked.cursor, asked.limit)
    return page(request, response, lines, after)


@router.post(f"{ONE}/lines", **answers(shapes.Line, 201), **WRITES)
def say_line(request, id: Path[shapes.Code], given: shapes.NewLine):
    """Say a line, as the key's member."""
    with loading.at_the_table(request, id) as (booth, place):
        return Status(201, ChatLine.say(booth, given.words, by=place))


@router.post(f"{ONE}/files", **answers(shapes.LaidFile, 201), **WRITES)
def lay_file(request, id: Path[shapes.Code], given: shapes.NewLaidFile):
    """Lay a file on the table that this key sent to /files, or may read there."""
    with loading.at_the_table(request, id, field="file") as (booth, place):
        file = loading.files_named(request, [given.file])[0]
        laid = laying.lay(booth, file.copy(by=place.person, purpose=laying.PURPOSE), by=place, in_page=False)
    return Status(201, file_shape(booth, laid))


@router.get(f"{ONE}/files/{{int:file_id}}", **answers(None), **also(needs("booths:read"), **GIVES))
def read_booth_file(request, id: Path[shapes.Code], file_id: Path[Id]):
    """The bytes of a file on the table. A Range and If-None-Match are understood."""
    lying = loading.booth(request, id).enclosures.standing().select_related("file__blob")
    return hand_out(request, loading.one(lying, file_id).file)


def _step(booth: Booth, id: int) -> Step:
    step = loading.one(booth.steps, id)
    step.booth = booth
    return step
