"""Settings of blocked addresses: who is kept out, since when and by whom, and the way back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.conversations.blocking import unblock
from alongside.conversations.models import Block, Conversation
from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.answers import answer
from alongside.people.models import Person

MOST = 200


@require_safe
@members_only
def listed(request):
    """The newest blocks, or those with `q` in their address. Whoever may block may see and lift them."""
    words = asked.words(request, most=254)
    blocks = Block.objects.select_related("by").order_by("-at", "-id")
    if words:
        blocks = blocks.filter(address__contains=words.casefold())
    found = list(blocks[: MOST + 1])
    return answer(request, "conversations/blocks.html", {
        "blocks": found[:MOST], "more": len(found) > MOST, "most": MOST, "words": words})


@require_POST
@members_only
def lift(request, id):
    """Let an address through again, and go back to the conversation or the person where one was."""
    block = get_object_or_404(Block, pk=id)
    unblock(block, by=request.member.person)
    words = _("%(address)s is let through again. What came meanwhile stays where it is, among the spam.")
    messages.success(request, words % {"address": block.address})
    return redirect(*_back(request))


def _back(request) -> tuple:
    at = asked.ids(request, "conversation", "person")
    for name, rows in (("conversation", Conversation), ("person", Person)):
        if name in at and rows.objects.visible_to(request.principal).filter(pk=at[name]).exists():
            return f"{'people' if name == 'person' else 'conversations'}:{name}", at[name]
    return ("conversations:blocks",)
