"""Taking a copy of everything: asked for, looked after, and taken home."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.files.handing import hand_out
from alongside.lib.access import persons_only
from alongside.lib.answers import answer
from alongside.members.models import Organisation
from alongside.portal import copying
from alongside.portal.models import Copy


@require_POST
@never_cache
@persons_only
def ask(request):
    """Pack everything as it is now; an earlier copy goes."""
    for earlier in Copy.objects.filter(person__in=request.person.cluster_ids):
        earlier.forget()
    return redirect("my_copy", copying.ask(request.person).id)


@require_safe
@never_cache
@persons_only
def copy(request, id: int):
    """Whether it is ready, and where it is taken."""
    return answer(request, "portal/copy_ready.html", {"copy": _theirs(request, id), "house": Organisation.ours().name})


@require_safe
@never_cache
@persons_only
def file(request, id: int):
    """The copy itself."""
    found = _theirs(request, id)
    if found.file is None:
        raise Http404
    return hand_out(request, found.file)


def _theirs(request, id: int) -> Copy:
    found = Copy.objects.filter(person__in=request.person.cluster_ids).select_related("file__blob")
    return get_object_or_404(found, pk=id)
