"""What the card of a person shows of members: whom they are usually with."""

from django.db.models import OuterRef, Subquery, prefetch_related_objects

from alongside.members.absence import absence_of
from alongside.members.models import Member, TheirMember
from alongside.people.panels import Panel, shows


@shows(order=5)
def their_member(person, principal) -> Panel | None:
    """Their member and whether that one is at work, and everyone who could be; for members."""
    if not principal.serves:
        return None
    now = TheirMember.objects.filter(person__in=person.cluster_ids, until=None, member=OuterRef("pk"))
    serving = Member.objects.visible_to(principal).arriving().exclude(person__in=person.cluster_ids)
    members = list(serving.annotate(theirs_since=Subquery(now.order_by("-since").values("since")[:1]))
                   .order_by("person__sort_key", "id"))
    theirs = max((one for one in members if one.theirs_since), key=lambda one: one.theirs_since, default=None)
    if theirs:
        prefetch_related_objects([theirs], "hours")
    return Panel("members/their_member.html", {
        "member": theirs, "absence": absence_of(theirs) if theirs else None, "members": members})
