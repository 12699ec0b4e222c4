"""Files: sending one in, to lie in a message, and reading those that lie there."""

from django.http import HttpResponse
from ninja import Query, Router, Status
from ninja.params import Path

from alongside.api.operations import answers, needs
from alongside.api.problems import Problem
from alongside.api.resources import loading
from alongside.api.schemas.base import Given, Id, words
from alongside.api.schemas.conversations import File as FileShape
from alongside.files.handing import hand_out
from alongside.files.models import File

router = Router(tags=["files"])
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
TAKES = {"requestBody": {"required": True, "content": BYTES}}
GIVES = {"responses": {200: {"content": BYTES}, 206: {"description": "The bytes of a Range", "content": BYTES},
                       304: {"description": "As in If-None-Match"}}}  # fmt: skip


class FileGiven(Given):
    """What is said of a file."""

    name: words(240, 1, description="What it is called, as in report.pdf.")


def also(keywords: dict, **extra) -> dict:
    """The keywords of an operation, with more about it for the description of the API."""
    return {**keywords, "openapi_extra": {**keywords["openapi_extra"], **extra}}


@router.post("/files", **answers(FileShape, 201), **also(needs("messages:write"), **TAKES))
def send_file(request, response: HttpResponse, given: Query[FileGiven]):
    """Send a file: its bytes are the body, as they are. Unless a message takes it up, it goes within a week or so."""
    if not request.upload.size:
        raise Problem(422, detail="The body is empty; the bytes of the file are expected there.")
    file = File.keep(request.upload.file, name=given.name, content_type=request.content_type or "",
                     by=request.member.person, purpose=loading.sent_by(request.api_key))  # fmt: skip
    response["Location"] = f"{request.path}/{file.id}"
    return Status(201, file)


@router.get("/files/{int:id}", **answers(None), **also(needs("conversations:read"), **GIVES))
def read_file(request, id: Path[Id]):
    """The bytes of a file. A Range and If-None-Match are understood."""
    return hand_out(request, loading.file(request, id))
