"""The search page: what was found for the words in `q`, a page at a time."""

from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.lib.access import members_only
from alongside.lib.fragments import is_fragment
from alongside.lib.keyset import BadCursor
from alongside.search.finding import find
from alongside.search.parsing import FILTERS, MOST_LETTERS

SIZE = 20


@require_safe
@members_only
def search(request):
    """People, messages, notes and files for `q`, newest first; a script that asks for more gets the rows alone."""
    words = request.GET.get("q", "")[:MOST_LETTERS]
    try:
        found = find(request.principal, words, SIZE, cursor=request.GET.get("after"))
    except BadCursor as broken:
        raise BadRequest("cursor") from broken
    more = urlencode({"q": words, "after": found.next_cursor}) if found.next_cursor else ""
    context = {
        "words": words, "found": found, "more": f"{reverse('search')}?{more}" if more else "", "filters": FILTERS,
        "later_page": "after" in request.GET,
    }  # fmt: skip
    template = "search/rows.html" if is_fragment(request) and context["later_page"] else "search/search.html"
    return render(request, template, context)
