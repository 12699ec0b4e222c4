"""The profile of one person or product: what is known with how we know it, and writing, confirming and settling it."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.fragments import is_fragment
from alongside.people.models import CardOpening, Person
from alongside.profiles import knowing, listing, panels
from alongside.profiles.forms import AnswerForm, origin_of
from alongside.profiles.models import OBSERVED, TOLD, VERIFIED, Answer, Question, Subject, kind_of
from alongside.profiles.places import Place


@require_safe
@members_only
def profile(request, id):
    """Every question that fits the person, what we know by it, what stands beside it, and what they make."""
    person = visible(request, id)
    CardOpening.note(person.pk, request.member.person_id)
    products, more = listing.page(request.principal, maker=person)
    return render(request, "profiles/profile.html", {**sheets_of(person), "products": products, "more_products": more})


@require_safe
@members_only
def known(request, id):
    """What the card shows, by itself, for when it changed; without a script, the profile."""
    person = visible(request, id)
    if not is_fragment(request):
        return redirect("profiles:profile", person.id)
    return render(request, "profiles/known.html", {
        "it": panels.contents(person, request.principal), "at_visit": origin_of(request.GET)["visit"]})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def answer(request, id, question_id):
    """Write down an answer about a person, beside what is there; nothing is overwritten."""
    return answer_about(request, visible(request, id), question_id)


@require_POST
@members_only
def act(request, id, answer_id):
    """One tap on one answer about a person: `act` is confirm, verify, choose or withdraw."""
    return act_on(request, visible(request, id), answer_id)


def sheets_of(subject: Subject) -> dict:
    """What the page of a profile shows of its questions."""
    sheets = knowing.sheets(subject)
    return {"at": Place(subject), "wanted": [sheet for sheet in sheets if sheet.is_wanted],
            "others": [sheet for sheet in sheets if not sheet.is_wanted]}


def answer_about(request, subject: Subject, question_id: int):
    """The form of one answer about `subject`, or what comes of it."""
    questions = Question.objects.visible_to(request.principal).about(kind_of(subject)).select_related("set")
    question, place = get_object_or_404(questions, pk=question_id), Place(subject)
    origin = {name: request.GET.get(name) for name in ("message", "visit")}
    form = AnswerForm(question, asked.sent(request), initial=origin)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        Answer.give(subject, question, told["value"], provenance=told["how"], by=request.member.person,
                    from_message=told["message"], from_visit=told["visit"])
        return redirect(place.page)
    context = {"at": place, "question": question, "form": form, "known": knowing.about(subject, question)}
    return render(request, "profiles/answer.html", context, status=422 if form.errors else 200)


def act_on(request, subject: Subject, answer_id: int):
    """Do to one answer about `subject` what was tapped."""
    by = request.member.person
    given = get_object_or_404(Answer.objects.visible_to(request.principal).of(subject), pk=answer_id)
    wanted = request.POST.get("act")
    if wanted == "confirm":
        given.confirm(by=by, how=TOLD)
    elif wanted == "verify":
        given.confirm(by=by, how=VERIFIED)
    elif wanted == "choose":
        given.choose(by=by, how=OBSERVED if given.provenance == OBSERVED else TOLD)
    elif wanted == "withdraw":
        given.withdraw(by=by)
        messages.success(request, _("Taken back. It stays among what was known earlier."))
    else:
        raise BadRequest("act")
    return redirect(Place(subject).page)


def visible(request, id) -> Person:
    """The person of that id, or of whom they stand for now. Raises Http404."""
    people = Person.objects.visible_to(request.principal).select_related("merged_into")
    return get_object_or_404(people, pk=id).standing()
