"""Which lines of a card somebody wrote themself on their own page, and when: the ledger says who wrote what."""

from datetime import datetime

from alongside.events.models import Event
from alongside.people.models import Person

NAMES, DESCRIBED = "people.renamed", "people.described"


def told_by_themself(person: Person) -> dict[str, datetime]:
    """`called` and `what_matters`, where whoever wrote them last was the person: by field, since when."""
    wanted = [field for field in ("called", "what_matters") if getattr(person, field)]
    if not wanted:
        return {}
    written = Event.objects.filter(subject_id__in=person.cluster_ids, kind__in=(NAMES, DESCRIBED))
    last: dict[str, Event] = {}
    for event in written.order_by("at", "id"):
        for field in ("called",) if event.kind == NAMES else event.data["fields"]:
            last[field] = event
    return {field: last[field].at for field in wanted if field in last and last[field].actor_id in person.cluster_ids}
