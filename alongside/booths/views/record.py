"""What both sides keep: the record as Markdown and as a PDF, the sketch as a picture; and what the page was before."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.booths.models import Snapshot
from alongside.booths.record import renderings
from alongside.booths.record.gathering import Record, gather
from alongside.booths.syncing import reading, versions
from alongside.booths.views.seats import booth_of
from alongside.files.names import disposition
from alongside.lib.access import members_and_guests
from alongside.lib.child import ChildError
from alongside.lib.plainly import problem

MOST_VERSIONS = 200


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


@require_safe
@never_cache
@members_and_guests
def past(request, code: str):
    """The versions of the page, the newest first."""
    booth = booth_of(request, code)
    return JsonResponse({"versions": [
        {"id": each.id, "at": each.at.isoformat(), "why": each.why, "by": each.by_id, "changes": each.changes}
        for each in versions.of(booth)[:MOST_VERSIONS]]})


@require_safe
@never_cache
@members_and_guests
def past_one(request, code: str, id: int):
    """One version, as one update of the shared document."""
    booth = booth_of(request, code)
    get_object_or_404(Snapshot.objects.filter(booth=booth), pk=id)
    return HttpResponse(versions.data_of(booth, id), content_type="application/octet-stream")


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
