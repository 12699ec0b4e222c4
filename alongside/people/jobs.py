"""What is done for people without being asked."""

from procrastinate.contrib.django import app

from alongside.people.duplicates.looking import look


@app.periodic(cron="43 2 * * *")
@app.task(name="people.look_for_duplicates", queueing_lock="people.look_for_duplicates")
def look_for_duplicates(timestamp: int = 0) -> int:
    """Every night, and when a member asks: look for people written down twice. Returns how many are open."""
    return look()
