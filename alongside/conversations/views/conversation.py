"""One conversation: its page, the part of it that follows what happens, who else is there, and how far one has read."""

from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from alongside.conversations.composing import Table
from alongside.conversations.introducing import introduction_above
from alongside.conversations.models import Conversation, Reading
from alongside.conversations.opening import Opened, open_conversation
from alongside.conversations.signing import signature
from alongside.conversations.views.loading import Place, number, place_of, visible
from alongside.conversations.views.showing import Letters
from alongside.conversations.whens import choices
from alongside.lib.access import members_only
from alongside.lib.fragments import frame_of
from alongside.lib.keyset import BadCursor
from alongside.live.models import arrive, here, leave
from alongside.people.models import Person

GONE = "gone"


@require_safe
@members_only
def conversation(request, id):
    """The page of one conversation; asked for by one of its frames, only that part."""
    place = place_of(request)
    before = request.GET.get("before")
    opened = opened_for(request, id, before=before, mark_read=not _is_looked_ahead(request))
    if opened.merged_from and opened.conversation.id != id:
        return redirect(place.conversation_href(opened.conversation.id))
    if before and frame_of(request).startswith("earlier-"):
        return render(request, "conversations/earlier.html", {
            "letters": Letters(opened, request), "place": place, "frame": frame_of(request)})
    return render(request, "conversations/conversation.html", page_context(request, opened, place))


@require_safe
@members_only
def messages(request, id):
    """Head and letters as they are now: what the page fetches again when something happened.

    It stays the page that one looks at: `?before=` and `?down_to=` say where it ends and begins, and `?open=` names the
    letter from which on all stand open.
    """
    place = place_of(request)
    opened = opened_for(request, id, before=request.GET.get("before"), down_to=request.GET.get("down_to"),
                        mark_read=False, open_from=number(request.GET.get("open")))
    return render(request, "conversations/_live.html", {
        "letters": Letters(opened, request), "opened": opened, "conversation": opened.conversation, "place": place,
        "whens": choices()})


@require_POST
@members_only
def presence(request, id):
    """Say that one looks, types or has gone; hear who else is here. Whoever looks has read what stands there."""
    conversation = visible(request, id)
    state, tab = request.POST.get("state", ""), request.POST.get("tab", "")[:40]
    topic = f"conversation:{conversation.id}"
    if state == GONE:
        leave(topic, request.principal.person_id, tab)
    elif state in ("looking", "typing"):
        arrive(topic, request.principal.person_id, state, tab)
        Reading.mark(conversation, request.member, conversation.newest_id)
    else:
        raise BadRequest("state")
    return _present(request, conversation)


@require_safe
@members_only
def present(request, id):
    """Who else is here, as it is now."""
    return _present(request, visible(request, id))


def opened_for(request, id: int, **how) -> Opened:
    """What the page of conversation `id` shows, or a 404, the same for a missing and a foreign one.

    `how` is what `open_conversation` takes.
    """
    try:
        return open_conversation(request.principal, id, **how)
    except Conversation.DoesNotExist as gone:
        raise Http404 from gone
    except BadCursor as broken:
        raise BadRequest("cursor") from broken


def page_context(request, opened: Opened, place: Place, table: Table | None = None, **more) -> dict:
    """What the page of an opened conversation shows, with its composers as on `table` (else from the drafts)."""
    letters = Letters(opened, request)
    return {
        "opened": opened, "conversation": opened.conversation, "letters": letters, "place": place,
        "table": table or Table.of(opened, request), "whens": choices(),
        "later_choices": [(when.words, when.local) for when in choices()],
        "older_page": bool(request.GET.get("before")),
        "drawn_anew": _drawn_anew(opened, request),
        "introduction": introduction_above(opened, request.member),
        "signature": signature(opened.conversation.inbox, request.member),
        **more,
    }


def _drawn_anew(opened: Opened, request) -> dict:
    """What to ask `messages` for, so that it answers with the same page again, and with what came since."""
    before = request.GET.get("before")
    span = {"before": before} if before else {"down_to": opened.earlier} if opened.earlier else {}
    return {"open": opened.open_from, **span}


def _present(request, conversation: Conversation):
    others = {at.person_id: at.state for at in here(f"conversation:{conversation.id}")
              if at.person_id != request.principal.person_id}
    people = Person.objects.in_bulk(list(others)) if others else {}
    return render(request, "conversations/present.html", {
        "conversation": conversation, "others": [(people[id], state) for id, state in others.items() if id in people]})


def _is_looked_ahead(request) -> bool:
    """True when the browser fetches the page in case someone may want it: nobody has read it yet."""
    return "prefetch" in (request.headers.get("Sec-Purpose", "") + request.headers.get("X-Sec-Purpose", ""))
