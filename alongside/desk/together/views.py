"""Offering a seat in an answer."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.booths.models import Booth
from alongside.conversations.drafting import DraftConflict
from alongside.conversations.letters import TooLong
from alongside.conversations.models import Conversation
from alongside.desk.together import offering
from alongside.lib.access import FORM_FIELDS, members_only


@require_POST
@members_only
def into_conversation(request, id: int):
    """Lay a link into the draft of an answer: to the booth that is named, or to that of the conversation."""
    seen = Conversation.objects.visible_to(request.principal).select_related("person__merged_into")
    conversation = get_object_or_404(seen, pk=id).standing()
    if set(request.POST) - {"booth", *FORM_FIELDS}:
        raise BadRequest("unknown field")
    code = request.POST.get("booth", "")
    if code:
        booths = Booth.objects.visible_to(request.principal).filter(conversation_id=id)
        booth = get_object_or_404(booths, code=code.replace("\0", " "))  # a zero byte is no letter to the database
    else:
        booth = offering.booth_of(conversation, by=request.member)
    try:
        offering.offer(conversation, booth, by=request.member)
    except DraftConflict:
        messages.error(request, _("Your draft changed just now in another tab. Look at it, then try again."))
    except TooLong:
        messages.error(request, _("There is no room left in your draft. Make it shorter, then try again."))
    else:
        messages.success(request, _("The link lies in your answer. Read it before it goes."))
    return redirect(f"{reverse('conversations:conversation', args=[conversation.id])}?write=reply#composing")
