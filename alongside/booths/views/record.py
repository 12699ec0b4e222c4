"""What both sides keep: the record as Markdown and as a PDF, the sketch as a picture."""

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.booths.record import renderings
from alongside.booths.record.gathering import Record, gather
from alongside.booths.syncing import reading
from alongside.booths.views.seats import booth_of
from alongside.files.names import disposition
from alongside.lib.access import members_and_guests
from alongside.lib.child import ChildError
from alongside.lib.plainly import problem


@require_safe
@never_cache
@members_and_guests
def markdown(request, code: str):
    """The record in words."""
    return _handed(request, code, "md", "text/markdown; charset=utf-8", renderings.markdown)


@require_safe
@never_cache
@members_and_guests
def pdf(request, code: str):
    """The record on paper."""
    return _handed(request, code, "pdf", "application/pdf", renderings.pdf)


@require_safe
@never_cache
@members_and_guests
def sketch(request, code: str):
    """The sketch as a picture; 404 while nothing was drawn."""
    return _handed(request, code, "svg", "image/svg+xml", renderings.sketch)


def _handed(request, code: str, ending: str, kind: str, render) -> HttpResponse:
    booth = booth_of(request, code)
    try:
        record = gather(booth, reading.read(booth))
        content = render(record)
    except ChildError:
        return problem(503, _("The record could not be made just now. Everything is kept; try again in a moment."))
    if content is None:
        return problem(404, _("Nothing was drawn yet."))
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = disposition("attachment", f"{_name_of(record)}.{ending}")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _name_of(record: Record) -> str:
    return slugify(record.title, allow_unicode=True)[:60] or "booth"
