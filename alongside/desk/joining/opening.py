"""What every page behind a link has in common: it is not tried too often, and says when it does not open."""

from functools import wraps

from allauth.core import ratelimit

from alongside.lib.answers import answer


def not_too_often(view):
    """Answer 429 to an address that opens or tries links all the time."""

    @wraps(view)
    def throttled(request, *args, **kwargs):
        if request.method == "POST":
            limited = ratelimit.consume_or_429(request, action="open_link")
            if limited:
                return limited
        return view(request, *args, **kwargs)

    return throttled


def closed(request, member=None):
    """Say that a link does not open; `member` is who signs in with its address already."""
    return answer(request, "desk/joining/closed.html", {"here": member}, status=404)
