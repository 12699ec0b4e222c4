"""Taking files in, and handing them out: a thread says yes or no, the bytes flow without one."""

import re
from functools import partial

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.files.links import BadLink, Over, read_token
from alongside.files.models.blob import read_piece
from alongside.files.models.file import File, pieces_between
from alongside.files.names import disposition
from alongside.files.sniffing import UNKNOWN, shown_as
from alongside.lib.access import members_only, open_to_all
from alongside.lib.afterwards import Afterwards
from alongside.lib.plainly import problem
from alongside.lib.spool import MEGABYTE, too_large
from alongside.lib.threads import ASIDE
from alongside.people.models import Person

SLICE = 64 * 1024
RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


@members_only
@require_POST
def upload(request):
    """Keep the uploaded `file` and say what it is and where its uploader finds it.

    Nothing holds on to it yet: unless a room does within a week, it goes.
    """
    given = request.FILES.get("file")
    if given is None:
        return problem(400, _("There was no file in this. Choose one and send it again."))
    if given.size > settings.UPLOAD_LIMIT:
        return problem(413, too_large(settings.UPLOAD_LIMIT // MEGABYTE * MEGABYTE).words())
    by = Person.objects.get(id=request.principal.person_id)
    file = File.keep(given, name=given.name, content_type=given.content_type or "", by=by, purpose="upload")
    return JsonResponse(described(file, request.principal), status=201)


def described(file: File, principal) -> dict:
    """What a page needs to know of a file it shows to `principal`."""
    return {
        "id": file.id,
        "name": file.name,
        "size": file.size,
        "content_type": file.content_type,
        "url": file.link(principal),
        "preview_url": file.preview_link(principal),
        "thumb": file.preview_link(principal) if file.is_picture else None,
    }


@open_to_all
@require_safe
def download(request, token: str):
    """Hand out the file of a signed link to whom the link is for; to anyone else there is no such thing."""
    try:
        file_id = read_token(token, request.principal)
    except Over:
        words = _("This link is over. Go back to the page it was on, load that again, and open the file there.")
        return HttpResponse(words, status=410, content_type="text/plain; charset=utf-8")
    except BadLink as bad:
        raise Http404 from bad
    file = get_object_or_404(File.objects.select_related("blob"), id=file_id)
    etag = f'"{file.sha256}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = _whole_or_part(request, file)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _whole_or_part(request, file: File):
    start, end = 0, file.size
    wanted = RANGE.match(request.headers.get("Range", ""))
    if wanted:
        start, end = _span(wanted[1], wanted[2], file.size)
        if start >= end:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    shown = shown_as(file.content_type) if "preview" in request.GET else None
    response = Afterwards(
        partial(send_pieces, file.blob_id, start, end),
        plain=_plainly(file, start, end),
        status=206 if wanted else 200,
        content_type=shown or UNKNOWN,
    )
    response["Content-Length"] = str(end - start)
    response["Content-Disposition"] = disposition("inline" if shown else "attachment", file.name)
    response["Accept-Ranges"] = "bytes"
    if wanted:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'self'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    """The bytes that a Range header asks for, as (start, end exclusive); empty when there are none such."""
    if first:
        return int(first), min(int(last) + 1 if last else size, size)
    return max(size - int(last or 0), 0), size


async def send_pieces(blob_id: int, start: int, end: int, send, gone) -> None:
    """Send bytes of a blob: a thread for each piece's read only, none while the client takes its time."""
    for place, begin, stop in pieces_between(start, end):
        data = await ASIDE.query(read_piece, blob_id, place)
        for at in range(begin, stop, SLICE):
            if gone.is_set():
                return
            await send(data[at : min(at + SLICE, stop)])


def _plainly(file: File, start: int, end: int):
    for place, begin, stop in pieces_between(start, end):
        yield file.blob.piece(place)[begin:stop]
