"""What happens by the clock: stored mail that somebody forgot is taken in, old letters of the house go."""

from procrastinate.contrib.django import app

from alongside.channels.email import house, intake


@app.periodic(cron="* * * * *")
@app.task(name="email.take_stored", queueing_lock="email.take_stored")
def take_stored(timestamp: int) -> None:
    """Every minute: place what was stored and never read, as after a crash."""
    while intake.take_stored():
        pass


@app.periodic(cron="17 4 * * *")
@app.task(name="email.forget_old", queueing_lock="email.forget_old")
def forget_old(timestamp: int) -> None:
    """Every night: forget letters of the house that did not go."""
    house.forget_old()
