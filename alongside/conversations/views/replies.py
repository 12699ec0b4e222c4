"""Settings of saved replies: every member reads those they are offered, whoever leads keeps them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.conversations import replies
from alongside.conversations.forms import SavedReplyForm
from alongside.conversations.merge_fields import FIELDS
from alongside.conversations.models import SavedReply
from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.answers import answer

leads_only = members_only(role="lead")
page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@members_only
def listed(request):
    """Those that the reader is offered where they answer; a lead may change them."""
    found = SavedReply.objects.visible_to(request.principal).select_related("team")
    return answer(request, "conversations/replies.html", {
        "replies": found, "may_change": request.principal.is_at_least("lead")})


@page
@leads_only
def new(request):
    """Write another."""
    return _write(request, None, {})


@page
@leads_only
def one(request, id):
    """Change one."""
    reply = _reply(request, id)
    return _write(request, reply, {"name": reply.name, "text": reply.text, "team": reply.team_id})


@require_POST
@leads_only
def remove(request, id):
    """Have it offered to nobody any more."""
    reply = _reply(request, id)
    replies.forget(reply, by=request.member.person)
    messages.success(request, _("“%(name)s” is gone. What was sent with it stays as it was.") % {"name": reply.name})
    return redirect("conversations:replies")


def _write(request, reply: SavedReply | None, held: dict):
    form = SavedReplyForm(asked.sent(request), initial=held, principal=request.principal)
    if request.method == "POST" and form.is_valid():
        kept = replies.keep(**form.cleaned_data, by=request.member.person, reply=reply)
        messages.success(request, _("“%(name)s” is kept. Where one answers, # offers it.") % {"name": kept.name})
        return redirect("conversations:replies")
    return answer(request, "conversations/reply.html", {"reply": reply, "form": form, "places": FIELDS})


def _reply(request, id: int) -> SavedReply:
    return get_object_or_404(SavedReply.objects.visible_to(request.principal), pk=id)
