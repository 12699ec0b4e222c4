"""What the card of a person shows of members: whom they are usually with."""

from alongside.members.absence import absence_of
from alongside.members.models import Member, TheirMember
from alongside.people.panels import Panel, shows


@shows(order=5)
def their_member(person, principal) -> Panel | None:
    """Their member and whether that one is at work, and everyone who could be; for members."""
    if not principal.serves:
        return None
    theirs = TheirMember.of(person)
    serving = Member.objects.visible_to(principal).filter(is_active=True).exclude(person__in=person.cluster_ids)
    return Panel("members/their_member.html", {
        "member": theirs, "absence": absence_of(theirs) if theirs else None,
        "members": serving.select_related("person").order_by("person__sort_key", "id"),
    })
