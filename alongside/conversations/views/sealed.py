"""A letter in HTML in its sealed frame, and the pictures of it that lie elsewhere, when a member asks for them."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.conversations import pictures
from alongside.conversations.paper import on_paper
from alongside.conversations.views.loading import visible_message
from alongside.lib.access import members_only, open_to_all
from alongside.lib.afterwards import later
from alongside.lib.threads import OUTWARD

SEALED = "; ".join((
    "sandbox allow-popups allow-popups-to-escape-sandbox", "default-src 'none'", "img-src data:{pictures}",
    "style-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'",
))


@require_safe
@members_only
def body(request, id):
    """The HTML of a message as it was sent, for a frame without scripts; nothing in it loads from elsewhere.

    With `?pictures`, those that lie elsewhere come through us.
    """
    message = visible_message(request, id)
    addresses = pictures.addresses(message, request.principal.member_id) if _asks_for_pictures(request) else []
    response = render(request, "conversations/body.html", {"paper": on_paper(message, addresses)})
    ours = request.build_absolute_uri(reverse("conversations:picture", args=[id, "x"])).removesuffix("x")
    response["Content-Security-Policy"] = SEALED.format(pictures=f" {ours}" if addresses else "")
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@open_to_all
def picture(request, id, token):
    """A picture of a letter that lies elsewhere, fetched by us for whom the address was made; else the same 404."""
    try:
        wanted = pictures.Wanted(pictures.remote_of(id, token, request.principal))
    except pictures.NoSuchPicture as none:
        raise Http404 from none
    return later(request, wanted.answer, OUTWARD)


def _asks_for_pictures(request) -> bool:
    """Whether our own page asks for them: a link in a letter that leads here is no wish of the reader's."""
    return "pictures" in request.GET and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
