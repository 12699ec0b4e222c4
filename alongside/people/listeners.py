"""What follows when somebody is met or becomes better known: whether they are written down already is asked."""

from alongside.events.models import Event, listen
from alongside.people.duplicates.checking import check


@listen("people.met", "people.renamed", "people.described", "people.identity_added", "people.identity_removed",
        "people.address_added", "people.merged", "people.unmerged", newest=True)
def look_whether_they_are_known(event: Event) -> None:
    """Look among those who share a key with them; hearing it again finds that nothing changed."""
    check(event.subject_id)
