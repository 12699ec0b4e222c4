"""What the card of a person shows: their usual with its evidence, and how they were last."""

from alongside.moments.models import Had, Mood
from alongside.people.panels import Panel, shows

TEMPLATE = "moments/panel.html"


@shows(order=10)
def usual_and_mood(person, principal) -> Panel | None:
    """The usual and the last mood, to members; nothing while we know neither."""
    if not principal.serves:
        return None
    usual, mood = Had.usual_of(person), Mood.objects.of(person).select_related("by").first()
    return Panel(TEMPLATE, {"usual": usual, "mood": mood}) if usual or mood else None
