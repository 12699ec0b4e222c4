"""What the card says of a person's own page: sending it, and what they object to."""

from alongside.people.models import EMAIL
from alongside.people.panels import Panel, shows
from alongside.portal.models import Objection


@shows(order=90)
def their_page(person, principal) -> Panel | None:
    """Whether the link can be sent, and every objection."""
    ids = person.cluster_ids
    reached = any(identity.kind == EMAIL for identity in person.reached)
    objections = list(Objection.objects.filter(person__in=ids).order_by("-at", "-id"))
    forgets = principal.is_at_least("lead") and not hasattr(person, "member")
    if not reached and not objections and not forgets:
        return None
    return Panel("portal/_panel.html", {"person": person, "reached": reached, "objections": objections,
                                        "forgets": forgets})
