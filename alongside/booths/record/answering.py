"""Handing the record out over HTTP in one of its forms; the same wherever somebody asks for it."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alongside.booths.models import Booth
from alongside.booths.record import renderings
from alongside.booths.record.gathering import Record, gather
from alongside.booths.syncing import reading
from alongside.files.names import disposition
from alongside.lib.child import ChildError
from alongside.lib.plainly import problem

FORMS: dict[str, tuple[str, Callable[[Record], str | bytes | None]]] = {
    "md": ("text/markdown; charset=utf-8", renderings.markdown), "pdf": ("application/pdf", renderings.pdf),
    "svg": ("image/svg+xml", renderings.sketch),
}


def record_of(booth: Booth) -> Record:
    """The record as it stands now. Raises ChildError when it cannot be read."""
    return gather(booth, reading.read(booth))


def hand_out(booth: Booth, form: str) -> HttpResponse:
    """The record in `form` (of FORMS), to be kept as a file; 404 for a sketch while nothing was drawn."""
    kind, render = FORMS[form]
    try:
        record = record_of(booth)
        content = render(record)
    except ChildError:
        return problem(503, _("The record could not be made just now. Everything is kept; try again in a moment."))
    if content is None:
        return problem(404, _("Nothing was drawn yet."))
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = disposition("attachment", f"{name_of(record)}.{form}")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def name_of(record: Record) -> str:
    """What a file of it is called, without its ending."""
    return slugify(record.title, allow_unicode=True)[:60] or "booth"
