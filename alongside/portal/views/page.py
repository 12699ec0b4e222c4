"""The page itself, and what a person puts right on it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.lib.access import persons_only
from alongside.lib.answers import answer
from alongside.members.models import Organisation
from alongside.people import correcting
from alongside.portal import page
from alongside.portal.forms import NameForm, ObjectionForm
from alongside.portal.objecting import object_to

AT_FIRST = 5  # things of one kind that are shown at once, the newest; a click shows the rest


def show(request, *, name_form=None, status=None):
    """Everything we hold of whoever asks."""
    person = request.person
    return answer(request, "portal/my.html", {
        "house": Organisation.ours().name, "person": person, "known": page.KNOWN,
        "name_form": name_form or NameForm(initial={"called": person.called, "full_name": person.full_name}),
        "reached": page.reached_at(person), "sections": page.sections(person), "corrections": page.corrections(person),
        "talks": page.talks(request.principal), "shared": page.shared(request.principal),
        "openings": page.openings(person), "at_first": AT_FIRST,
    }, status=status)


@require_POST
@never_cache
@persons_only
def name(request):
    """They say how they are called."""
    form = NameForm(request.POST)
    if not form.is_valid():
        return show(request, name_form=form)
    request.person.rename(by=request.person, **form.cleaned_data)
    messages.success(request, _("From now on we call you %(name)s.") % {"name": request.person.name})
    return redirect("my")


@require_POST
@never_cache
@persons_only
def correct(request):
    """They say how something is; an empty field takes it away."""
    room = correcting.named(request.POST.get("room", ""))
    id, value = request.POST.get("id", ""), request.POST.get("value", "")
    try:
        done = room is not None and id.isdecimal() and len(id) < 19 and room.correct(request.person, int(id), value)
    except ValueError as wrong:
        messages.error(request, str(wrong))
        return redirect("my")
    if done:
        messages.success(request, _("Thank you. It stands as you say."))
    else:
        messages.error(request, _("That is not here any more."))
    return redirect("my")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@persons_only
def objection(request):
    """They object to something; `what` names it as they read it."""
    if request.method != "POST":
        form = ObjectionForm(initial={"what": request.GET.get("what", "")[:300]})
        return answer(request, "portal/objection.html", {"form": form, "what": form["what"].value()})
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return answer(request, "portal/objection.html", {"form": form, "what": form["what"].value()})
    object_to(request.person, form.cleaned_data["what"], form.cleaned_data["words"])
    messages.success(request, _("We have it. Somebody here will look at it and answer you."))
    return redirect("my")
