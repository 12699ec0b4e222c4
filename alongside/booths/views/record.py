"""What both sides keep: the record as Markdown and as a PDF, the sketch as a picture."""

from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.booths.record.answering import hand_out
from alongside.booths.views.seats import booth_of
from alongside.lib.access import members_and_guests


@require_safe
@never_cache
@members_and_guests
def take(request, code: str, form: str):
    """The record in one of its forms; 404 for the sketch while nothing was drawn."""
    return hand_out(booth_of(request, code), form)
