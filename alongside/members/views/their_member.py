"""Whom a person is usually with: chosen on their card."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from alongside.lib.access import members_only
from alongside.lib.fragments import frame_of
from alongside.members.models import Member, TheirMember
from alongside.people.models import Person


@require_POST
@members_only
def choose(request, person_id: int):
    """Have a member look after a person from now on, or nobody in particular; back to the card it was chosen on."""
    person = get_object_or_404(Person.objects.visible_to(request.principal), pk=person_id).standing()
    wanted = request.POST.get("member", "")
    if wanted and not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 19):
        raise Http404
    serving = Member.objects.visible_to(request.principal).filter(is_active=True)
    member = get_object_or_404(serving, pk=int(wanted)) if wanted else None
    TheirMember.choose(person, member, by=request.member.person)
    return redirect("people:card" if frame_of(request) == "about" else "people:person", person.id)
