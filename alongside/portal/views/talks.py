"""A conversation as the person reads it: what was said, never a note; and writing back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.conversations.models import Conversation, Enclosure, Message
from alongside.files.handing import hand_out
from alongside.lib.access import persons_only
from alongside.lib.answers import answer
from alongside.members.models import Organisation
from alongside.portal.forms import AnswerForm
from alongside.portal.objecting import write


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@persons_only
def talk(request, id: int):
    """One conversation of theirs; what they write back arrives as any message of theirs."""
    conversation = get_object_or_404(Conversation.objects.visible_to(request.principal), pk=id)
    if conversation.merged_into_id:
        return redirect("my_talk", conversation.standing().id)
    said = Message.objects.of(conversation).visible_to(request.principal)
    said = list(said.select_related("author").prefetch_related("enclosures__file"))
    if not said:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        write(conversation, request.person, form.cleaned_data["text"])
        messages.success(request, _("We have your words."))
        return redirect("my_talk", conversation.id)
    return answer(request, "portal/talk.html", {
        "conversation": conversation, "said": said, "form": form, "house": Organisation.ours().name,
        "person": request.person,
    })


@require_safe
@never_cache
@persons_only
def file(request, id: int):
    """A file that lies in a message of theirs."""
    said = Message.objects.visible_to(request.principal).values("id")
    found = Enclosure.objects.filter(file=id, message__in=said).select_related("file__blob").first()
    if found is None:
        raise Http404
    return hand_out(request, found.file)
