"""One promise: making it, its page, and the verbs that settle it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.fragments import frame_of
from alongside.people.models import Person
from alongside.promises import listing, origins
from alongside.promises.forms import BreakForm, HandOverForm, PromiseForm, RenegotiateForm
from alongside.promises.models import NotNow, Promise

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def make(request, person_id: int):
    """Promise something to a person."""
    person = get_object_or_404(Person.objects.visible_to(request.principal), pk=person_id).standing()
    here = asked.ids(request, *origins.GIVEN)
    form = PromiseForm(asked.sent(request), initial={"owner": request.member, **here})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        Promise.make(person=person, words=told["words"], due_at=told["due_at"], whole_day=told["whole_day"],
                     owner=told["owner"], by=request.member.person, **origins.place(told, person, request.principal))
        return redirect(_back(request, person))
    context = {"form": form, "person": person, "back": _back(request, person)}
    return render(request, "promises/make.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
@members_only
def promise(request, id: int):
    """One promise: what became of it so far, and what can be done."""
    return _page(request, _seen(request, id))


@require_POST
@members_only
def keep(request, id: int):
    """It was done."""
    return _do(request, id, Promise.keep)


@require_POST
@members_only
def reopen(request, id: int):
    """It was not settled after all."""
    return _do(request, id, Promise.reopen)


@require_POST
@members_only
def withdraw(request, id: int):
    """It is not wanted any more."""
    return _do(request, id, Promise.withdraw)


@require_POST
@members_only
def renegotiate(request, id: int):
    """Another time, before the first has come."""
    form = RenegotiateForm(request.POST)
    return _say(request, id, "renegotiate", form, lambda found, told, by: found.renegotiate(
        told["due_at"], told["said"], whole_day=told["whole_day"], by=by))


@require_POST
@members_only
def break_(request, id: int):
    """It was not kept: why, and what was done about it."""
    form = BreakForm(request.POST)
    return _say(request, id, "broken", form, lambda found, told, by: found.break_(told["why"], told["amends"], by=by))


@require_POST
@members_only
def hand_over(request, id: int):
    """Somebody else keeps it from now on."""
    form = HandOverForm(request.POST)
    return _say(request, id, "hand_over", form, lambda found, told, by: found.hand_over(told["owner"], by=by))


def _seen(request, id: int) -> Promise:
    return get_object_or_404(Promise.objects.visible_to(request.principal).shown(), pk=id)


def _do(request, id: int, verb):
    found = _seen(request, id)
    try:
        verb(found, by=request.member.person)
    except NotNow:
        _say_settled(request)
    return redirect(_back(request, found.person.standing()))


def _say(request, id: int, name: str, form, verb):
    found = _seen(request, id)
    if not form.is_valid():
        return _page(request, found, **{name: form})
    try:
        verb(found, form.cleaned_data, request.member.person)
    except NotNow:
        _say_settled(request)
    return redirect("promises:promise", found.id)


def _say_settled(request) -> None:
    messages.error(request, _("That cannot be done any more: it is due or settled already."))


def _page(request, found: Promise, **forms):
    changes = found.changes.select_related("by", "old_owner__person", "new_owner__person")
    context = {
        "line": listing.line(found), "promise": found, "changes": changes,
        "origin": origins.of([found], request.principal).get(found.id),
        "renegotiate": RenegotiateForm(initial={"when": "tomorrow"}), "broken": BreakForm(),
        "hand_over": HandOverForm(initial={"owner": found.owner}), "opened": next(iter(forms), ""), **forms,
    }
    return render(request, "promises/promise.html", context, status=UNPROCESSABLE if forms else 200)


def _back(request, person: Person) -> str:
    """Where a tap was made: the page it names, the card in its frame, or the person's page."""
    asked_for = request.POST.get("back") or request.GET.get("back", "")
    if asked_for and url_has_allowed_host_and_scheme(asked_for, allowed_hosts=None):
        return asked_for
    name = "people:card" if frame_of(request) == "about" else "people:person"
    return reverse(name, args=[person.id])
