"""Taking files in, and handing them out to whom a link was made for."""


from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.files.handing import hand_out
from alongside.files.links import BadLink, Over, read_token
from alongside.files.models.file import File
from alongside.lib.access import members_only, open_to_all
from alongside.lib.plainly import problem
from alongside.lib.spool import MEGABYTE, too_large
from alongside.people.models import Person


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
    return hand_out(request, get_object_or_404(File.objects.select_related("blob"), id=file_id))
