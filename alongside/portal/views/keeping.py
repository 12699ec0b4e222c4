"""The settings page on which an admin decides how long things are kept, once they have seen what would go."""

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.lib.access import admins_only
from alongside.lib.answers import UNPROCESSABLE, answer
from alongside.portal import keeping

SALT = "portal.keeping"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admins_only
def retention(request):
    """Every kind with its days. Days that were changed are counted first, and hold when they are sent once more."""
    if request.method != "POST":
        return _page(request, keeping.lines())
    days, wrong = _read(request)
    if wrong or not days:
        return _page(request, keeping.lines(days), wrong=wrong, status=UNPROCESSABLE)
    if _counted(request.POST.get("counted", "")) != days:
        return _page(request, keeping.lines(days), counted=signing.dumps(days, salt=SALT))
    keeping.decide(days, by=request.member.person)
    messages.success(request, _("It is kept so from now on. What is older goes tonight."))
    return redirect("settings_retention")


def _page(request, lines, *, wrong: dict[str, str] | None = None, counted="", status=200):
    rows = [(line, line.count() if line.days else None, (wrong or {}).get(line.name)) for line in lines]
    context = {"rows": rows, "most": keeping.MOST_DAYS, "counted": counted,
               "whole": sum(count or 0 for _line, count, _w in rows)}
    return answer(request, "portal/retention.html", context, status=status)


def _read(request) -> tuple[dict[str, int | None], dict[str, str]]:
    """The days of each kind as they were sent, and what was sent for the kinds whose days are none."""
    days, wrong = {}, {}
    for line in keeping.lines():
        if line.name not in request.POST:
            continue
        sent = request.POST[line.name].strip()
        if not sent:
            days[line.name] = None
        elif sent.isascii() and sent.isdecimal() and len(sent) < 7 and 0 < int(sent) <= keeping.MOST_DAYS:
            days[line.name] = int(sent)
        else:
            wrong[line.name] = sent
    return days, wrong


def _counted(sealed: str) -> dict | None:
    try:
        return signing.loads(sealed, salt=SALT, max_age=3600)
    except signing.BadSignature:
        return None
