"""Completions for the composer: saved replies with their places filled, and colleagues to ask by name."""

from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.conversations import mentions
from alongside.conversations.introducing import introduce
from alongside.conversations.merge_fields import UnknownField, fill
from alongside.conversations.models import SavedReply
from alongside.conversations.views.loading import visible
from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.text import fold

MOST = 12


@require_safe
@members_only
def saved_replies(request, id):
    """Saved replies of which a word begins like `q`, filled for this conversation."""
    conversation = visible(request, id)
    wanted = fold(asked.words(request, most=80))
    results = _introduction(conversation, request.member, wanted)
    for reply in SavedReply.objects.visible_to(request.principal)[:500]:
        name = fold(reply.name)
        if not _begins(name, wanted):
            continue
        try:
            filled = fill(reply.text, conversation=conversation, member=request.member)
        except UnknownField:
            continue
        results.append(_result(reply.name, filled.text))
        if len(results) == MOST:
            break
    return JsonResponse({"results": results if wanted else results + _keeping(request, bool(results))})


def _keeping(request, any_found: bool) -> list[dict]:
    """Where they are kept, as the last of all: for whoever may change them, and for everyone while there are none."""
    if not any_found:
        hint = _("Words that were good once, to start from")
        name = _("Write the first one") if request.principal.is_at_least("lead") else _("No saved replies yet")
    elif request.principal.is_at_least("lead"):
        name, hint = _("Change them"), _("Add, change and remove saved replies")
    else:
        return []
    return [{"value": "", "name": name, "hint": hint, "href": reverse("conversations:replies")}]


def _introduction(conversation, member, wanted: str) -> list[dict]:
    """What to say first to a person who is usually with somebody else."""
    introduction = introduce(conversation, member)
    if introduction is None:
        return []
    name = _("You instead of %(name)s") % {"name": introduction.theirs.name}
    return [_result(name, introduction.sentence)] if _begins(fold(name), wanted) else []


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted) or any(word.startswith(wanted) for word in name.split())


def _result(name: str, text: str) -> dict:
    return {"value": text, "name": name, "hint": " ".join(text.split())[:80]}


@require_safe
@members_only
def colleagues(request, id):
    """Colleagues whose name begins like `q`, those who serve this inbox first."""
    found = mentions.completions(asked.words(request, most=80), visible(request, id))
    return JsonResponse({"results": [
        {"value": f"@{member.name}", "name": member.name, "hint": member.person.full_name} for member in found]})
