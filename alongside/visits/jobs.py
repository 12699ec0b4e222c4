"""What the room does by itself: visits that nobody ended are ended."""

from procrastinate.contrib.django import app

from alongside.visits.models import Visit


@app.periodic(cron="23 * * * *")
@app.task(name="visits.end_forgotten", queueing_lock="visits.end_forgotten")
def end_forgotten(timestamp: int) -> None:
    """Every hour: whoever is said to be here for half a day went, and nobody tapped it."""
    for visit in Visit.objects.forgotten()[:500]:
        visit.leave(by=None)
