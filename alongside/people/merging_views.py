"""Screens on which two records become one person, after a look at both, and two again."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.lib.access import members_only
from alongside.people import belongings, merging
from alongside.people.card_words import line_in_words
from alongside.people.local_time import month_words
from alongside.people.models import Address, CardOpening, Merging, Person, Suggestion
from alongside.people.models.suggestion import YES
from alongside.people.relation_views import others
from alongside.people.relations import belongs_with
from alongside.people.views import visible


@dataclass(frozen=True)
class Side:
    """One of the two as the preview shows them: the person, their addresses and bonds, and how much is held."""

    person: Person
    since: str
    addresses: list[Address]
    bonds: list
    holds: list[tuple[object, int]]


@dataclass(frozen=True)
class Asked:
    """What one room recorded since a merging, of which a member says whose it is."""

    name: str
    label: object
    items: list[belongings.Item]


@require_safe
@members_only
def same_as(request, id):
    """Find the other record of somebody."""
    person = visible(request, id)
    return render(request, "people/same_as.html", {"person": person, **others(request, person)})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def merge(request, id, other):
    """Look at both, choose what is shown where they differ, and make them one."""
    kept, taken = merging.ordered(visible(request, id), visible(request, other))
    for person in (kept, taken):
        CardOpening.note(person.pk, request.member.person_id)
    refused = merging.why_not(kept, taken)
    differ = _differing(kept, taken)
    if request.method == "POST" and not refused:
        choices = {each.choice: request.POST.get(each.choice, merging.KEPT) for each in differ if each.choice}
        try:
            merging.merge(kept, taken, by=request.member.person, why=request.POST.get("why", ""), choices=choices)
        except merging.CannotMerge as cannot:
            refused = cannot.reason
        else:
            messages.success(request, _("Two records are one person now. Nothing was lost, and they can be parted."))
            return redirect("people:person", kept.standing().pk)
    return render(request, "people/merging.html", {
        "person": kept, "kept": _side(kept), "taken": _side(taken),
        "choices": [each for each in differ if each.choice], "beside": [each for each in differ if not each.choice],
        "refused": _in_words(refused), "back": visible(request, id),
        "why": _("They say so themself.") if Suggestion.objects.of(kept).of(taken).filter(said=YES).exists() else "",
    }, status=409 if refused and request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def part(request, id):
    """Two again: what came since is asked about, row by row."""
    theirs = Merging.objects.filter(undone_at=None, taken__in=Person.objects.visible_to(request.principal))
    one = get_object_or_404(theirs.select_related("kept__merged_into", "taken", "by"), pk=id)
    asked = _asked(one)
    if request.method == "POST":
        theirs = {room.name: [item.id for item in room.items
                              if request.POST.get(f"{room.name}-{item.id}") == merging.TAKEN] for room in asked}
        try:
            taken = merging.unmerge(one, by=request.member.person, theirs=theirs)
        except merging.NotMerged:
            taken = one.taken
        messages.success(request, _("They are two again, each with what is theirs."))
        return redirect("people:person", taken.pk)
    return render(request, "people/part.html", {
        "merging": one, "asked": asked, "person": one.kept.standing(), "taken": one.taken, "kept": _as_it_was(one)})


def _differing(kept: Person, taken: Person) -> list[belongings.Difference]:
    """Every contradiction of the two in words: on their cards, then in what rooms above hold."""
    card = [belongings.Difference(each.label, line_in_words(each.field, each.kept),
                                  line_in_words(each.field, each.taken), each.field)
            for each in merging.conflicts(kept, taken)]
    return card + merging.beyond(kept, taken)


def _as_it_was(one: Merging) -> Person:
    """Who was kept, named as before; never saved."""
    kept = Person.objects.get(pk=one.kept_id)
    for name in ("called", "full_name"):
        setattr(kept, name, one.before.get(name, getattr(kept, name)))
    return kept


def _asked(one: Merging) -> list[Asked]:
    rooms = defaultdict(list)
    for each in merging.later(one):
        rooms[each.belonging].append(each)
    return [Asked(name, rows[0].label, [row.item for row in rows]) for name, rows in rooms.items()]


def _side(person: Person) -> Side:
    held = [(room.label, room.count(person.cluster_ids)) for room in belongings.every() if room.shown_in_merging]
    return Side(
        person=person, since=month_words(person.since), bonds=belongs_with(person),
        addresses=list(Address.objects.filter(person__in=person.cluster_ids)),
        holds=[(label, count) for label, count in held if count],
    )


def _in_words(reason: str) -> str:
    return {
        merging.SAME: _("These are one person already."),
        merging.BOTH_SERVE: _("Both sign in here as members. Their records are kept apart, "
                              "so that it stays clear who did what."),
        merging.KINDS_DIFFER: _("One is a person and the other an organisation. Change what they are first, "
                                "or say that one belongs with the other."),
        merging.WORLDS_DIFFER: _("One of them belongs to the demo, which will be removed with all its people."),
    }.get(reason, "")
