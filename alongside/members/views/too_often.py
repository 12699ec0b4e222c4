"""What someone sees who knocks too often."""

from django.shortcuts import render

from alongside.lib.access import open_to_all


@open_to_all
def too_often(request):
    """Answer 429: what happened and when to come back. Says nothing of whether a name or a password was right."""
    response = render(request, "members/too_often.html", status=429)
    response.headers["Retry-After"] = "60"
    return response
