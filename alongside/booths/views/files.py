"""Files on the table: bringing one, from either side, taking it off, and handing it out to whoever sits there."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.booths.laying import bring, lay
from alongside.booths.models import Booth, BoothFile, Participant
from alongside.booths.sent import FileSent, Nonsense, Sent, Told, given_by
from alongside.booths.views.seats import booth_of
from alongside.booths.views.verbs import made, verb
from alongside.files.handing import hand_out
from alongside.files.models import File
from alongside.lib.access import FORM_FIELDS, members_and_guests
from alongside.lib.buckets import Buckets, Empty
from alongside.lib.plainly import problem

YES = ("true", "1", "on")
GUESTS = Buckets(per_minute=2, burst=60)  # files that one guest brings


class AnyFileSent(Sent):
    """A file: itself, in a form with `file`, or the id of one that was sent to /uploads before."""

    @classmethod
    def read(cls, given) -> Told:
        """As `FileSent` has it; with the file itself under `brought`."""
        if "brought" not in given:
            return FileSent.read(given)
        told = Sent.read({name: value for name, value in given.items() if name not in ("brought", "in_page")})
        told |= {"brought": given["brought"], "in_page": given.get("in_page") in YES}
        return told


def either(request) -> dict:
    """The fields of a JSON body or of a form with a file in it."""
    if request.content_type != "multipart/form-data":
        return given_by(request)
    brought = request.FILES.get("file")
    if brought is None:
        raise Nonsense(_("There was no file in this. Choose one and send it again."))
    fields = {name: value for name, value in request.POST.items() if name not in FORM_FIELDS}
    return {**fields, "brought": brought}


@verb(AnyFileSent, read=either)
def add(request, booth: Booth, place: Participant, told: Told):
    """Lay a file on the table."""
    keep = {"by": place, "in_page": bool(told["in_page"]), "once": told["once"]}
    if "brought" not in told:
        own = get_object_or_404(File.objects.brought_by(request.principal), pk=told["file"])
        return made(lay(booth, own, **keep).id)
    try:
        if place.is_guest:
            GUESTS.take(place.id)
    except Empty:
        return problem(429, _("These are many files in a short time. Wait a while before you bring the next one."))
    return made(bring(booth, told["brought"], **keep).id)


@verb(Sent, change=True)
def remove(request, booth: Booth, place: Participant, told: Told, id: int):
    """Take a file off the table."""
    laid = get_object_or_404(booth.enclosures.select_related("file"), pk=id)
    laid.booth = booth
    laid.remove(by=place)
    return laid.id


@require_safe
@members_and_guests
def file(request, code: str, id: int):
    """The bytes of a file that lies there; a picture of the page also after it was taken off, for older versions."""
    laid = get_object_or_404(_lying(booth_of(request, code)), pk=id)
    return hand_out(request, laid.file)


@require_safe
@members_and_guests
def picture(request, code: str, id: int, number: int):
    """The picture of one step of a lesson that was brought in."""
    lesson = get_object_or_404(booth_of(request, code).lessons.filter(removed_at=None), pk=id)
    part = lesson.parts[number] if number < len(lesson.parts) else {}
    if not part.get("file"):
        raise Http404
    return hand_out(request, get_object_or_404(File.objects.select_related("blob"), pk=part["file"]))


def _lying(booth: Booth):
    lying = BoothFile.objects.filter(booth=booth).select_related("file__blob")
    return lying.filter(removed_at=None) | lying.filter(in_page=True)
