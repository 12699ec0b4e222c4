"""What the card of a person shows: their usual with its evidence, and how they were last."""

from alongside.moments.models import Had, Mood
from alongside.moments.reading import read
from alongside.people.panels import Panel, shows

TEMPLATE = "moments/panel.html"


@shows(order=10)
def usual_and_mood(person, principal) -> Panel | None:
    """The usual and the last mood, to members; nothing while we know neither."""
    if not principal.serves:
        return None
    rows = read(Had.lately(person), Mood.objects.of(person)[:1])
    usual = Had.usual_among(row for row in rows if isinstance(row, Had))
    mood = next((row for row in rows if isinstance(row, Mood)), None)
    return Panel(TEMPLATE, {"usual": usual, "mood": mood}) if usual or mood else None
