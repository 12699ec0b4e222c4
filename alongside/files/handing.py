"""Handing a file out: whole or in part, named and sealed, its bytes flowing without a thread."""

import re
from functools import partial

from django.http import HttpResponse, HttpResponseNotModified

from alongside.files.models.blob import read_piece
from alongside.files.models.file import File, pieces_between
from alongside.files.names import disposition
from alongside.files.sniffing import UNKNOWN, shown_as
from alongside.lib.afterwards import Afterwards
from alongside.lib.threads import ASIDE

SLICE = 64 * 1024
RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


def hand_out(request, file: File) -> HttpResponse:
    """The bytes of `file`, or of the Range that is asked for; a reader who has them already is told so.

    It is for saving, unless `?preview` asks for it to be shown and what it is can be shown safely.
    """
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
