"""The one question to ask at this contact: answered in a tap or a field, put off, or never asked again."""

from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.lib.access import members_only
from alongside.lib.fragments import is_fragment
from alongside.people.models import lock_person
from alongside.profiles import finding_out
from alongside.profiles.forms import origin_of
from alongside.profiles.models import (
    ANSWERED,
    NEVER,
    NOT_NOW,
    TOLD,
    Answer,
    Asked,
    Product,
    Question,
    Subject,
    kind_of,
    values,
    whose,
)
from alongside.profiles.places import Place
from alongside.profiles.views.profile import visible


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def find_out(request, id):
    """The question, for a card or the counter to hold in a frame `find-out`; `visit` or `message` says where from."""
    return find_out_about(request, visible(request, id))


def find_out_about(request, subject: Subject):
    """The question to ask about `subject`, or what came of the one that was asked."""
    wrong = ""
    if request.method == "POST":
        try:
            return _take(request, subject)
        except values.NotAnAnswer as told:
            wrong = str(told)
    finding = finding_out.next_finding(subject, request.principal)
    return render(request, "profiles/find_out.html", {
        "at": Place(subject), "finding": finding, "wrong": wrong, "typed": request.POST.get("value", ""),
        "origin": origin_of(request.POST or request.GET), "kept": request.GET.get("kept", ""),
        "back": request.POST.get("back", ""),
    }, status=422 if wrong else 200)


@transaction.atomic
def _take(request, subject: Subject):
    """Keep what came of it. Raises NotAnAnswer."""
    lock_person(whose(subject).id)
    question = _question(request, subject)
    outcome = request.POST.get("outcome", ANSWERED)
    if outcome not in (ANSWERED, NOT_NOW, NEVER):
        raise BadRequest("outcome")
    if outcome == ANSWERED:
        _answer(request, subject, question)
    Asked.note(subject, question, outcome, by=request.member.person)
    if not is_fragment(request):
        return redirect(_back(request, subject))
    query = urlencode({"kept": outcome, **{k: v for k, v in origin_of(request.POST).items() if v}})
    return redirect(f"{Place(subject).find_out}?{query}")


def _back(request, subject: Subject) -> str:
    """Where the form was, or else the page of whom it is about."""
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return Place(subject).page if isinstance(subject, Product) else reverse("people:person", args=[subject.pk])


def _answer(request, subject: Subject, question) -> None:
    by = request.member.person
    held = Answer.objects.of(subject).current().filter(question=question)
    for name in ("confirm", "choose"):
        if name in request.POST:
            if not request.POST[name].isdecimal():
                raise BadRequest(name)
            given = get_object_or_404(held, pk=int(request.POST[name]))
            return given.choose(by=by, how=TOLD)
    value = values.checked(question, request.POST.getlist("value"))
    origin = origin_of(request.POST)
    fresh = Answer.give(subject, question, value, provenance=TOLD, by=by, from_message=origin["message"],
                        from_visit=origin["visit"])
    return fresh.settle(by=by)


def _question(request, subject: Subject) -> Question:
    id = request.POST.get("question", "")
    if not (id.isascii() and id.isdecimal() and len(id) < 19):
        raise values.NotAnAnswer(_("There is nothing to ask any more."))
    questions = Question.objects.visible_to(request.principal).about(kind_of(subject)).asked_now()
    return get_object_or_404(questions, pk=int(id))
