"""The counter's screen: one field, who is here, and the person who stands here now."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.desk.counter import noting, rows
from alongside.desk.counter.forms import NewcomerForm
from alongside.desk.counter.opened import opened
from alongside.desk.counter.place import be_seen, is_seen, place_of, places, stand_at
from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.fragments import is_fragment
from alongside.lib.taking_back import TooLate
from alongside.moments.moods import MOODS
from alongside.people.models import CardOpening, Person
from alongside.visits.models import Visit


@require_safe
@members_only
def counter(request):
    """The field, what it found (`q`), and who is here."""
    return _page(request)


@require_safe
@members_only
def found(request):
    """Who may be meant by `q`: the part under the field, for one keystroke."""
    if not is_fragment(request):
        return redirect(f"{reverse('counter:counter')}?{request.GET.urlencode()}")
    return render(request, "desk/counter/found.html", _found(request))


@require_safe
@members_only
def here(request):
    """Who is here now: the part that follows who comes and goes."""
    if not is_fragment(request):
        return redirect("counter:counter")
    return render(request, "desk/counter/here.html", _here(request))


@require_safe
@members_only
def visit(request, id):
    """Somebody stands here: what to know, and what to note."""
    return _page(request, visit=_visit(request, id))


@require_POST
@members_only
def come(request):
    """Somebody was recognised: their visit begins at the place where this member stands."""
    person_id = request.POST.get("person", "")
    if not (person_id.isascii() and person_id.isdecimal() and len(person_id) < 19):
        raise Http404
    people = Person.objects.visible_to(request.principal).select_related("merged_into")
    return _begin(request, get_object_or_404(people, pk=int(person_id)))


@require_POST
@members_only
def newcomer(request):
    """Somebody new is written down and is here; who is reached at the same address is shown first."""
    form = NewcomerForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    if known := form.known(request.principal):
        return _page(request, form=form, known=known, status=422)
    return _begin(request, form.meet(by=request.member.person))


@require_POST
@members_only
def note(request, id):
    """Write down one thing: `what` it is, and its `value`."""
    visit = _visit(request, id)
    try:
        row = noting.note(visit, request.POST.get("what", ""), _sent(request, "value"), by=request.member.person)
    except noting.NothingToNote:
        messages.warning(request, _("There was nothing to note yet."))
        return redirect("counter:visit", visit.pk)
    return _after(noting.Tap(row.NAME, row.pk), visit.pk)


@require_POST
@members_only
def leave(request, id):
    """They went."""
    visit = _visit(request, id)
    visit.leave(by=request.member.person)
    return _after(noting.Tap(noting.LEFT, visit.pk))


@require_POST
@members_only
def take_back(request):
    """The last tap was a slip: it never was."""
    tap = noting.Tap.read(request.POST.get("tap", ""))
    row = tap and noting.done_by(tap, request.principal)
    if row is None:
        raise Http404
    try:
        visit_id = noting.take_back(tap, row, by=request.member.person)
    except TooLate:
        messages.warning(request, _("This stands already: it was too long ago to take back with a tap."))
        return redirect("counter:counter")
    messages.success(request, _("Taken back."))
    seen = visit_id and Visit.objects.visible_to(request.principal).filter(pk=visit_id).exists()
    return redirect("counter:visit", visit_id) if seen else redirect("counter:counter")


@require_POST
@members_only
def stand(request):
    """Where this member stands (`place`), and whether customers see the screen (`seen`), on this device."""
    if place_id := request.POST.get("place", ""):
        stand_at(request, place_id)
    if seen := request.POST.get("seen", ""):
        be_seen(request, seen == "yes")
    return redirect("counter:counter")


def _begin(request, person: Person):
    place = place_of(request)
    before = set(Visit.objects.of(person.standing()).filter(ended_at=None).values_list("pk", flat=True))
    visit = Visit.begin(person, by=request.member.person, location=place.location, kind=place.kind)
    if visit.pk in before:
        return redirect("counter:visit", visit.pk)
    return _after(noting.Tap(noting.CAME, visit.pk), visit.pk)


def _after(tap: noting.Tap, visit_id: int | None = None):
    """The page that comes after a tap, which offers to take it back."""
    page = reverse("counter:visit", args=[visit_id]) if visit_id else reverse("counter:counter")
    return redirect(f"{page}?done={tap}")


def _visit(request, id) -> Visit:
    visits = Visit.objects.visible_to(request.principal).select_related("person__merged_into", "location", "by")
    return get_object_or_404(visits, pk=id)


def _page(request, visit: Visit | None = None, form=None, known=(), status=200):
    """The whole screen: the door with its field on one side, who stands here on the other."""
    found = _found(request, form)
    if visit:
        CardOpening.note(visit.whose.pk, request.member.person_id)
    context = {
        **found, **_here(request), "visit": visit, "known": known, "places": places(request.principal),
        "it": opened(visit, request.principal) if visit else None,
        "person": visit.whose if visit else None, "compact": True, "undo": _undo(request),
        "moods": MOODS,
    }
    return render(request, "desk/counter/page.html", context, status=status)


def _found(request, form=None) -> dict:
    words, place, seen = asked.words(request), place_of(request), is_seen(request)
    return {"words": words, "seen": seen, "place": place, "form": form or NewcomerForm.for_words(words),
            "rows": rows.found(request.principal, words, place, seen=seen)}


def _here(request) -> dict:
    place = place_of(request)
    return {"here": rows.here_now(place), "place": place, "seen": is_seen(request), "first_name": rows.first_name}


def _undo(request) -> dict | None:
    """The last tap, where it can still be taken back."""
    tap = noting.Tap.read(request.GET.get("done", ""))
    row = tap and noting.done_by(tap, request.principal)
    return {"tap": str(tap), "words": noting.words_of(tap, row, seen=is_seen(request))} if row else None


def _sent(request, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "").encode("utf-8", "replace").decode()
