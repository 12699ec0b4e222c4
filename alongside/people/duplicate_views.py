"""Screens on which a member decides who was written down twice."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from procrastinate.exceptions import AlreadyEnqueued

from alongside.lib.access import members_only
from alongside.people.duplicates.words import Line, compared
from alongside.people.jobs import look_for_duplicates
from alongside.people.models import Person, Suggestion
from alongside.people.models.suggestion import DIFFERENT, LATER, NO, TO_ASK, YES

PAGE = 20


@dataclass(frozen=True)
class Shown:
    """One suggestion as it is shown: both people, and what was compared, line by line."""

    suggestion: Suggestion
    sides: tuple[Person, Person]
    lines: list[Line]


@require_safe
@members_only
def duplicates(request):
    """Whoever may be written down twice, the surest first."""
    found = Suggestion.objects.visible_to(request.principal).open().order_by("-said", "-decision", "-score", "id")
    people = ("one", "other")
    page = Paginator(found.select_related(*people).prefetch_related(*(
        f"{each}__{more}" for each in people for more in ("identities", "addresses"))), PAGE).get_page(
        request.GET.get("page"))
    return render(request, "people/duplicates.html", {"page": page, "found": [_shown(each) for each in page]})


@require_POST
@members_only
def decide(request, id):
    """Two people, or ask them. That they are one is said on the page where both are looked at."""
    suggestion = get_object_or_404(Suggestion.objects.visible_to(request.principal), pk=id)
    said = {DIFFERENT: _("They stay two people. Nobody is asked about them again."),
            TO_ASK: _("Noted: to be asked when one of them is here.")}
    decision = request.POST.get("decision", "")
    if decision not in said:
        raise BadRequest("decision")
    suggestion.decide(decision, by=request.member.person)
    messages.success(request, said[decision])
    return redirect("people:duplicates")


@require_POST
@members_only
def ask(request, id):
    """What came of asking `person` whether they are the other too: `said` yes, no or later, in one tap."""
    suggestions = Suggestion.objects.visible_to(request.principal).select_related("one", "other")
    suggestion = get_object_or_404(suggestions, pk=id)
    people = {str(each.pk): each for each in (suggestion.one, suggestion.other)}
    person = people.get(request.POST.get("person"))
    if person is None:
        raise Http404
    said = request.POST.get("said", "")
    if said not in (YES, NO, LATER):
        raise BadRequest("said")
    if not suggestion.is_open:
        messages.info(request, _("That was settled meanwhile."))
        return redirect(_back(request, person))
    suggestion.ask(person, said, by=request.member.person)
    if said == YES and not request.POST.get("seen"):
        return redirect("people:merge", person.pk, suggestion.beside(person).pk)
    messages.success(request, {
        YES: _("Noted. Look at both records when nobody else sees the screen: they wait under “Written down twice”."),
        NO: _("They stay two people. Nobody is asked about them again."), LATER: _("Another time, then."),
    }[said])
    return redirect(_back(request, person))


@require_POST
@members_only
def look_again(request):
    """Look among everyone now."""
    try:
        look_for_duplicates.defer()
    except AlreadyEnqueued:
        messages.info(request, _("We are looking already."))
    else:
        messages.success(request, _("We are looking. With many people this takes some minutes."))
    return redirect("people:duplicates")


def _shown(suggestion: Suggestion) -> Shown:
    return Shown(suggestion, (suggestion.one, suggestion.other), compared(suggestion))


def _back(request, person: Person) -> str:
    """The page on which it was tapped, or the person's."""
    back = request.POST.get("back", "")
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if safe else reverse("people:person", args=[person.standing().pk])
