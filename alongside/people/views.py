"""Screens of people: the list, a person's page with their card and timeline, and writing down what we know."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.fragments import is_fragment
from alongside.lib.keyset import BadCursor, read_cursor
from alongside.look.times import period
from alongside.people import listing, panels, timeline
from alongside.people.birthdays import near
from alongside.people.card_words import line_in_words
from alongside.people.forms import EditPersonForm, IdentityForm, NewPersonForm
from alongside.people.gathering import gather
from alongside.people.local_time import local_time, month_words
from alongside.people.merging import standing_mergings
from alongside.people.models import Address, CardOpening, Identity, Person, theirs
from alongside.people.own_words import told_by_themself
from alongside.people.reaching import prefer, stop_reaching
from alongside.people.recognising import recognise
from alongside.people.relations import belongs_with

IDENTITY_ICONS = {"email": "mail", "phone": "phone", "card": "card", "handle": "mention", "external": "link"}


@dataclass(frozen=True)
class Period:
    """A heading of the timeline and what happened under it; `title` is empty where the last page's goes on."""

    title: str
    entries: list


@require_safe
@members_only
def people(request):
    """Everyone we know, by name; `q` finds by anything known of them, mistyped or not."""
    words = asked.words(request)
    if words:
        found = recognise(request.principal, words, listing.SIZE)
        return render(request, "people/people.html", {
            "people": [each.person for each in found], "words": words, "after": None,
            "reasons": {each.person.id: [reason.words for reason in each.reasons] for each in found},
        })
    try:
        found, after = listing.page(request.principal, request.GET.get("after"))
    except BadCursor as broken:
        raise BadRequest("cursor") from broken
    return render(request, "people/people.html", {"people": found, "after": after, "words": words})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def new_person(request):
    """Write down someone new."""
    form = NewPersonForm(
        asked.sent(request),
        initial={"called": asked.words(request, "called", 120), "email": asked.words(request, "email", 254)},
    )
    if request.method == "POST" and form.is_valid():
        person = Person.meet(by=request.member.person, **form.cleaned_data)
        messages.success(request, _("%(name)s is written down.") % {"name": person.name or person.email})
        return redirect("people:person", person.id)
    status = 422 if form.errors else 200
    return render(request, "people/new.html", {"form": form}, status=status)


@require_safe
@members_only
def person(request, id):
    """One person: who they are, and everything that happened with them, newest first."""
    person = visible(request, id)
    if person.pk != id:
        query = request.GET.urlencode()
        return redirect(reverse("people:person", args=[person.pk]) + (f"?{query}" if query else ""))
    try:
        entries, after = timeline.page(person, request.principal, request.GET.get("after"))
    except BadCursor as broken:
        raise BadRequest("cursor") from broken
    return render(
        request,
        "people/person.html",
        {
            **_card(request, person),
            "mergings": standing_mergings(person),
            "periods": _periods(entries, request.GET.get("after")),
            "after": after,
            "first_page": not request.GET.get("after"),
        },
    )


@require_safe
@members_only
def card(request, id):
    """The card by itself, as it lies beside a conversation; without a script, the person's page."""
    person = visible(request, id)
    if not is_fragment(request):
        return redirect("people:person", person.id)
    return render(request, "people/card.html", _card(request, person, compact=True))


@require_safe
@members_only
def now(request, id):
    """Who they are and their card as it is now, for a page that lies open; without a script, the page."""
    person = visible(request, id)
    if not is_fragment(request):
        return redirect("people:person", person.id)
    return render(request, "people/now.html", {**_card(request, person), "mergings": standing_mergings(person)})


@require_safe
@members_only
def timeline_page(request, id):
    """A further page of the timeline (`after`), or its newest part again, down to where the first page ended."""
    person = visible(request, id)
    after, down_to = request.GET.get("after"), request.GET.get("down_to")
    if after and not is_fragment(request):
        return redirect(f"{reverse('people:person', args=[person.id])}?{urlencode({'after': after})}")
    try:
        entries, further = timeline.page(person, request.principal, after, size=60 if down_to else 30)
        floor = read_cursor(down_to)
    except BadCursor as broken:
        raise BadRequest("cursor") from broken
    if floor:
        entries, further = [entry for entry in entries if entry.at >= floor[0]], None
    return render(request, "people/timeline.html", {
        "person": person, "periods": _periods(entries, after), "after": further if not floor else None,
        "list_id": "timeline-older" if after else "timeline-newest",
    })


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request, id):
    """Change what the card says: names, what matters, birthday, zone and language."""
    person = visible(request, id)
    if request.method != "POST":
        return render(request, "people/edit.html", {"person": person, "form": EditPersonForm.about(person)})
    form = EditPersonForm(request.POST, reached=bool(person.reached))
    if not form.is_valid():
        return render(request, "people/edit.html", {"person": person, "form": form}, status=422)
    about, by = form.cleaned_data, request.member.person
    with transaction.atomic():
        if (about["called"], about["full_name"]) != (person.called, person.full_name):
            person.rename(called=about["called"], full_name=about["full_name"], by=by)
        kept = {name: about[name] for name in ("what_matters", "zone", "language", "kind")}
        person.describe(by=by, born=about["born"] or "", **kept)
    return redirect("people:person", person.id)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def identities(request, id):
    """Add an address by which the person is reached."""
    person = visible(request, id)
    form = IdentityForm(asked.sent(request))
    if request.method == "POST" and form.is_valid():
        person.reach_at(form.cleaned_data["kind"], form.cleaned_data["value"], by=request.member.person)
        return redirect("people:person", person.id)
    status = 422 if form.errors else 200
    return render(request, "people/reach.html", {"person": person, "form": form}, status=status)


@require_POST
@members_only
def remove_identity(request, id, identity_id):
    """Take an address off a person; what was said by it stays."""
    person = visible(request, id)
    identity = get_object_or_404(Identity, pk=identity_id, person__in=person.cluster_ids)
    stop_reaching(identity, by=request.member.person)
    messages.success(request, _("%(address)s is no longer on the card.") % {"address": identity.value})
    return redirect("people:person", person.id)


@require_POST
@members_only
def prefer_identity(request, id, identity_id):
    """Reach a person there first from now on."""
    person = visible(request, id)
    identity = get_object_or_404(Identity, pk=identity_id, person__in=person.cluster_ids)
    prefer(identity, by=request.member.person)
    return redirect("people:person", person.id)


@require_safe
@members_only
def complete(request):
    """Addresses that begin like `q`, for the fields To, Cc and Bcc."""
    found = listing.beginning_with(request.principal, asked.words(request), limit=8)
    return JsonResponse({"results": [_address(person) for person in found if person.email]})


def _address(person: Person) -> dict:
    name = (person.full_name or person.called).replace('"', "'")
    quoted = f'"{name}"' if any(c in name for c in ",;<>@()") else name
    return {
        "value": f"{quoted} <{person.email}>" if name else person.email,
        "name": person.name or person.email,
        "hint": person.email,
    }


def visible(request, id) -> Person:
    """Whoever stands for the person `id` now, with everything that is written under their cluster; or the 404."""
    cluster = Person.objects.visible_to(request.principal).filter(theirs(id, "pk")).select_related("merged_into")
    found = {person.pk: person for person in cluster.order_by("id")}
    if id not in found:
        raise Http404
    person = found[id].standing()
    if person.pk == id:
        return gather([person], {id: [id, *(other for other in found if other != id)]})[0]
    return gather([person])[0]


def _card(request, person: Person, compact: bool = False) -> dict:
    """What the card shows; that a member opened it is noted, for the person may ask who looked.

    `contact` is where one speaks with them, as the address says it: what is written down on the card notes it.
    """
    CardOpening.note(person.pk, request.member.person_id)
    return {
        "compact": compact,
        "contact": asked.ids(request, "conversation", "message"),
        "since": month_words(person.since),
        "language_name": line_in_words("language", person.language),
        "person": person,
        "birthday_near": near(person.born),
        "born_words": line_in_words("born", person.born),
        "panels": panels.of(person, request.principal),
        "local_time": local_time(person.zone),
        "identities": _identities(person),
        "addresses": Address.objects.filter(person__in=person.cluster_ids).order_by("added_at", "id"),
        "bonds": belongs_with(person),
        "themself": told_by_themself(person),
    }


def _identities(person: Person) -> list[tuple[Identity, str, bool]]:
    """Each address with its icon, and whether it can be preferred to another of its kind; the preferred first."""
    kinds = Counter(identity.kind for identity in person.reached)
    return [
        (identity, IDENTITY_ICONS.get(identity.kind, "card"), kinds[identity.kind] > 1 and not identity.preferred)
        for identity in sorted(person.reached, key=lambda identity: (not identity.preferred, identity.id))
    ]


def _periods(entries, after: str | None) -> list[Period]:
    """Entries under their headings; the first heading is left out where the page before ended with it."""
    place = read_cursor(after)
    periods, last = [], period(place[0]) if place else None
    for entry in entries:
        title = period(entry.at)
        if title != last or not periods:
            periods.append(Period("" if title == last else title, []))
        last = title
        periods[-1].entries.append(entry)
    return periods
