"""Single messages: taking one back, sending it now or again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.conversations import writing
from alongside.conversations.views.loading import number, place_of, visible_message
from alongside.lib.access import members_only
from alongside.lib.fragments import is_fragment


@require_POST
@members_only
def undo(request, id):
    """Take a message back that has not left; it becomes its writer's draft again."""
    message = visible_message(request, id)
    conversation = message.conversation.standing()
    try:
        draft = writing.take_back(message, by=request.member.person)
    except writing.TooLate:
        if is_fragment(request):
            return HttpResponse(status=409)
        messages.error(request, _("Too late to take back: it has left."))
        return redirect(place_of(request).conversation_href(conversation.id))
    if draft and draft.conversation_id is None:
        return redirect("conversations:draft_page", draft.id)
    messages.success(request, _("Taken back. It is a draft again."))
    return redirect(place_of(request).conversation_href(conversation.id))


@require_POST
@members_only
def send_now(request, id):
    """Let a message that waits for its hour leave now; with `when=hour`, at its hour, whatever came meanwhile.

    The form says in `seen` what stood before its reader: a newer message stops it, as it stops any send.
    """
    hour = None if request.POST.get("when") == "hour" else timezone.now()
    seen = number(request.POST.get("seen"))
    return _try(request, id, lambda message: writing.reschedule(message, hour, by=request.member.person, seen_id=seen))


@require_POST
@members_only
def again(request, id):
    """Send a message again that did not arrive, or of which nobody knows."""
    return _try(request, id, lambda message: writing.try_again(message, by=request.member.person))


def _try(request, id, verb):
    message = visible_message(request, id)
    try:
        verb(message)
    except writing.TooLate:
        messages.error(request, _("It has left already."))
    except writing.UnseenMessage:
        messages.warning(request, _("It did not go: somebody wrote meanwhile. Look first, then send it."))
    return redirect(place_of(request).conversation_href(message.conversation.standing().id))
