"""The desk's own screens: the first page, the rail's fragment, and finding a person or something to do."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from alongside.desk import finding
from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.fragments import is_fragment


@require_safe
@members_only
def home(request):
    """The first page is the inbox."""
    return redirect("conversations:inbox")


@require_safe
@members_only
def rail(request):
    """The rail by itself, with its counts as they stand now."""
    return render(request, "desk/rail.html")


@require_safe
@members_only
def find(request):
    """People, things to do and what was said, for the words in `q`: options of the palette, or a page of them."""
    words = asked.words(request)
    found = finding.groups(request, words)
    template = "desk/found.html" if is_fragment(request) else "desk/find.html"
    return render(request, template, {"groups": found, "words": words})
