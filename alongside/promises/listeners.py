"""What follows for promises when a member leaves: whoever is here keeps them."""

from alongside.events.models import listen
from alongside.people.models import Person
from alongside.promises.models import NotNow, Promise


@listen("members.left")
def leave_to_whoever_is_here(event):
    """What the member had still to keep is everyone's now; hearing it again finds nothing."""
    by = Person.objects.filter(pk=event.actor_id).first()
    for promise in Promise.objects.open().filter(owner=event.data["member"]).shown():
        try:
            promise.hand_over(None, by=by)
        except NotNow:  # somebody settled it a moment ago
            continue
