"""What both sides keep: the record as Markdown and as a PDF, the sketch as a picture."""

from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.booths.record.answering import hand_out
from alongside.booths.views.seats import booth_of
from alongside.lib.access import members_and_guests


@require_safe
@never_cache
@members_and_guests
def markdown(request, code: str):
    """The record in words."""
    return hand_out(booth_of(request, code), "md")


@require_safe
@never_cache
@members_and_guests
def pdf(request, code: str):
    """The record on paper."""
    return hand_out(booth_of(request, code), "pdf")


@require_safe
@never_cache
@members_and_guests
def sketch(request, code: str):
    """The sketch as a picture; 404 while nothing was drawn."""
    return hand_out(booth_of(request, code), "svg")
