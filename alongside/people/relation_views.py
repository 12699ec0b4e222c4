"""Screens of how people belong together: finding the other, saying what they are to each other, and ending it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.people.forms import RelationForm
from alongside.people.gathering import gather
from alongside.people.models import Relation
from alongside.people.recognising import recognise
from alongside.people.relations import choices, same_bonds, tie
from alongside.people.views import visible


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def relations(request, id):
    """Say with whom somebody belongs: `with` names the other, else they are looked for by `q`."""
    person = visible(request, id)
    if not (asked.words(request, "with", 18) or request.method == "POST"):
        return render(request, "people/relate.html", {"person": person, **others(request, person)})
    other = visible(request, _number(request.POST.get("with") or request.GET.get("with")))
    if other == person:
        raise Http404
    form = RelationForm(asked.sent(request), choices=choices())
    if request.method == "POST" and form.is_valid():
        about = form.cleaned_data
        tie(person, other, about["kind"], by=request.member.person, words=about["words"])
        messages.success(request, _("It stands on both cards."))
        return redirect("people:person", person.id)
    status = 422 if form.errors else 200
    return render(request, "people/relate.html", {"person": person, "other": other, "form": form}, status=status)


@require_POST
@members_only
def end_relation(request, id, relation_id):
    """It holds no longer; that it did stays known."""
    person = visible(request, id)
    relation = get_object_or_404(Relation.objects.of(person), pk=relation_id)
    for each in same_bonds(relation, person):
        each.end(by=request.member.person)
    messages.success(request, _("It no longer stands on the cards. What was, is kept."))
    return redirect("people:person", person.id)


def others(request, person) -> dict:
    """Whom the words `q` may mean besides `person`: `words` and `found`, each with the reasons."""
    words = asked.words(request)
    found = [each for each in recognise(request.principal, words, 12) if each.person != person] if words else []
    gather([each.person for each in found])
    return {"words": words, "found": found}


def _number(text: str | None) -> int:
    if not text or not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)
