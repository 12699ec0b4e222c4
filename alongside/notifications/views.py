"""The bell: what was told to this member, marking it seen, and the newest of it for the open page."""

from datetime import timedelta

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.lib.access import members_only
from alongside.lib.answers import answer
from alongside.notifications import telling
from alongside.notifications.forms import WishesForm
from alongside.notifications.models import Notification

MOST = 60
NEWS_FOR = timedelta(minutes=1)  # older than this is no news, and rings no bell
ICONS = {"assigned": "hand-over", "mentioned": "mention", "answered": "mail", "arrived": "inbox", "failed": "warning",
         "unknown": "warning", "woken": "snooze", "knocked": "booth", "trouble": "warning", "mended": "check"}


@require_safe
@members_only
def notifications(request):
    """What was told to this member, newest first."""
    told = telling.bell(request.member, MOST)
    return render(request, "notifications/notifications.html", {
        "told": [(each, ICONS.get(each.kind, "bell")) for each in told],
        "unseen": sum(1 for each in told if not each.seen), "shown": request.member.notify_page})


@require_POST
@members_only
def see(request):
    """Mark all of it as seen."""
    telling.see(request.member)
    return redirect("notifications:notifications")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def wishes(request):
    """Which kinds of news this member wishes for."""
    form = WishesForm.of(request.member, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.keep(request.member)
        messages.success(request, _("Kept."))
        return redirect("notifications:wishes")
    return answer(request, "notifications/wishes.html", {"form": form})


@require_safe
@members_only
def latest(request):
    """How much is unseen, and the newest of it if it is news: for the page that is open."""
    member = request.member
    newest = (
        Notification.objects.told_to(member).filter(seen_at=None, at__gt=timezone.now() - NEWS_FOR)
        .named().first()
    )
    return JsonResponse({
        "unread": telling.unseen_count(member), "page": member.notify_page, "browser": member.notify_browser,
        "latest": newest and _news(telling.as_told(newest)),
    })


def _news(told: telling.Told) -> dict:
    title, _colon, body = told.text.partition(": ")
    return {"id": told.id, "title": title, "body": body,
            "href": told.href}
