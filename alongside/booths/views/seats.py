"""Which booth is asked for, and on whose seat whoever asks sits in it."""

from django.shortcuts import get_object_or_404

from alongside.booths.models import Booth, Participant


def is_number(text: str) -> bool:
    """Whether this is an id as it stands in an address."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def booth_of(request, code: str) -> Booth:
    """The booth, if whoever asks may see it; a missing and a foreign one are the same 404."""
    seen = Booth.objects.visible_to(request.principal).select_related("person__merged_into", "opened_by")
    return get_object_or_404(seen, code=code)


def place_of(request, booth: Booth) -> Participant:
    """The seat of whoever asks: a guest's own, or the member's, who sits down with this."""
    place = request.guest or Participant.sit_down(booth, request.member)
    place.booth = booth
    return place
