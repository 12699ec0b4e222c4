"""Two conversations that are one matter: choosing the other, laying them together, taking them apart; strangers."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.conversations import listing, merging, participants
from alongside.conversations.models import Conversation, Merging, Participant
from alongside.conversations.views.loading import number, place_of, visible
from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.people.gathering import gather
from alongside.people.models import Person

MOST_OFFERED = 20


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def merge(request, id):
    """Which conversation is the same matter; and laying it into this one."""
    kept, place = visible(request, id).standing(), place_of(request)
    if request.method != "POST":
        words = asked.words(request, most=100)
        return render(request, "conversations/merge.html", {
            "conversation": kept, "place": place, "words": words, "rows": _offered(request, kept, words)})
    taken = visible(request, number(request.POST.get("other")) or 0)
    try:
        merging.merge(kept, taken, by=request.member.person)
    except merging.CannotMerge as cannot:
        messages.error(request, {
            "same": _("This is one and the same conversation."),
            "merged": _("That one lies in another already."),
        }.get(cannot.why, _("These two cannot become one.")))
    else:
        messages.success(request, _("The two are one now. It can be undone below the letters."))
    return redirect(place.conversation_href(kept.id))


@require_POST
@members_only
def unmerge(request, id):
    """Take two conversations apart again."""
    laid = get_object_or_404(Merging.objects.select_related("kept__person", "taken__person"), pk=id)
    visible(request, laid.kept_id)
    try:
        merging.unmerge(laid, by=request.member.person)
    except merging.CannotMerge:
        messages.error(request, _("They were taken apart already."))
    return redirect(place_of(request).conversation_href(laid.kept_id))


@require_POST
@members_only
def let_in(request, id):
    """Let a held stranger take part, as someone new or as somebody we know (`person`)."""
    participant = _participant(request, id)
    try:
        person = participants.let_in(participant, by=request.member.person, person=_somebody(request))
    except ValueError:
        raise Http404 from None
    messages.success(request, _("%(name)s takes part from now on.") % {"name": person.name or participant.address})
    return redirect(place_of(request).conversation_href(participant.conversation_id))


@require_POST
@members_only
def split(request, id):
    """Give a held stranger a conversation of their own."""
    participant = _participant(request, id)
    try:
        own = participants.split_out(participant, by=request.member.person, person=_somebody(request))
    except ValueError:
        messages.error(request, _("There is nothing of theirs here any more."))
        return redirect(place_of(request).conversation_href(participant.conversation_id))
    return redirect(place_of(request).conversation_href(own.id))


def _participant(request, id) -> Participant:
    participant = get_object_or_404(Participant.objects.select_related("conversation__person"), pk=id)
    visible(request, participant.conversation_id)
    return participant


def _somebody(request) -> Person | None:
    """The person of whom a member says that this is them, or None for someone new."""
    id = number(request.POST.get("person"))
    return get_object_or_404(Person.objects.visible_to(request.principal), pk=id).standing() if id else None


def _offered(request, kept: Conversation, words: str) -> list:
    """What may be the same matter: with the same person; or, for words, with someone of that name or of that number."""
    seen = Conversation.objects.visible_to(request.principal).whole().exclude(pk=kept.pk)
    if words:
        people = Person.objects.visible_to(request.principal).beginning_with(words, 20)
        ids = [id for person in gather(people) for id in person.cluster_ids]
        seen = seen.filter(Q(person__in=ids) | Q(pk=number(words) if words.isdecimal() else 0))
    else:
        seen = seen.with_person(kept.whom.cluster_ids)
    ids = seen.order_by("-last_at").values_list("id", flat=True)[:MOST_OFFERED]
    return listing.rows(request.principal, list(ids))
