"""What happens by the clock: stored mail that somebody forgot is taken in, a mailbox in trouble is
told of, old letters of the house go."""

from procrastinate.contrib.django import app

from alongside.channels.email import house, intake, troubles


@app.periodic(cron="* * * * *")
@app.task(name="email.take_stored", queueing_lock="email.take_stored")
def take_stored(timestamp: int) -> None:
    """Every minute: place what was stored and never read, as after a crash."""
    while intake.take_stored():
        pass


@app.periodic(cron="* * * * *")
@app.task(name="email.tell_of_troubles", queueing_lock="email.tell_of_troubles")
def tell_of_troubles(timestamp: int) -> None:
    """Every minute: have it heard that a mailbox stands still."""
    troubles.tell_due()


@app.periodic(cron="17 4 * * *")
@app.task(name="email.forget_old", queueing_lock="email.forget_old")
def forget_old(timestamp: int) -> None:
    """Every night: forget letters of the house that did not go."""
    house.forget_old()
