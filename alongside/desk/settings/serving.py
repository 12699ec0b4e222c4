"""Which inboxes a team serves: a choice about two rooms, so it is made above both."""

from django.db import transaction

from alongside.conversations.models import Inbox
from alongside.events.models import record
from alongside.live.models import changed
from alongside.members.models import Team


def serve(team: Team, inboxes, *, by) -> None:
    """Let `team` serve exactly `inboxes` among those in use; archived ones keep what they had.

    Records `desk.team_serves` with what was added and taken away, and tells screens that show those inboxes.
    """
    wanted = {inbox.id for inbox in inboxes}
    with transaction.atomic():
        held = set(Inbox.objects.filter(teams=team, archived_at=None).values_list("id", flat=True))
        added, taken = sorted(wanted - held), sorted(held - wanted)
        if not added and not taken:
            return
        team.inboxes.add(*added)
        team.inboxes.remove(*taken)
        record("desk.team_serves", by=by, data={"team": team.id, "added": added, "taken": taken})
        for inbox_id in [*added, *taken]:
            changed(f"inbox:{inbox_id}")
