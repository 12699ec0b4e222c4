"""What is to be kept: mine, my teams', everyone's."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.fragments import is_fragment
from alongside.promises import listing


@require_safe
@members_only
def promises(request):
    """Open promises by when they are due; asked for by a script, the list alone."""
    whose = asked.words(request, "whose", 8) or listing.MINE
    if whose not in listing.WHOSE:
        raise Http404
    context = {
        "whose": whose,
        "sections": listing.sections(request.principal, whose),
        "settled": listing.just_settled(request.principal),
    }
    return render(request, "promises/_list.html" if is_fragment(request) else "promises/promises.html", context)
