"""What the page was at other times: its versions, one of them whole, and keeping it as it is now."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.booths import keeping
from alongside.booths.models import Booth, Participant, Snapshot
from alongside.booths.models.update import RETURNED
from alongside.booths.sent import Nonsense, Told, VersionSent
from alongside.booths.syncing import versions
from alongside.booths.views.seats import booth_of
from alongside.booths.views.verbs import made, verb
from alongside.lib.access import members_and_guests
from alongside.lib.plainly import problem

MOST = 500


@require_safe
@never_cache
@members_and_guests
def past(request, code: str):
    """The versions of the page, the newest first."""
    booth = booth_of(request, code)
    return JsonResponse({"versions": [
        {"id": each.id, "at": each.at.isoformat(), "why": each.why, "name": each.name, "by": each.by_id,
         "changes": each.changes} for each in versions.of(booth)[:MOST]]})


@require_safe
@never_cache
@members_and_guests
def past_one(request, code: str, id: int):
    """One version, as one update of the shared document."""
    booth = booth_of(request, code)
    get_object_or_404(Snapshot.objects.filter(booth=booth), pk=id)
    return HttpResponse(versions.data_of(booth, id), content_type="application/octet-stream")


@verb(VersionSent, whole=False)
def keep(request, booth: Booth, place: Participant, told: Told):
    """Keep the page as it is now: by hand, from either side; or before a page lays an older version over it.

    Its id is null when nothing stands on the page yet that could be lost.
    """
    try:
        if told["why"] == RETURNED:
            kept = keeping.keep_before_return(booth, by=place)
            return {"id": kept and kept.id}
        kept = keeping.keep(booth, by=place, name=told["name"])
    except keeping.NotKept:
        return problem(503, _("The page could not be kept as a version just now. It stands as it was; try again in a "
                              "moment."))
    if kept is None:
        raise Nonsense(_("Nothing is written or drawn yet that could be kept."))
    return made(kept.id, name=kept.name)
