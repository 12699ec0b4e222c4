"""What the booths do by the clock: saying a reminder, forgetting keys of changes that nobody sends again."""

from procrastinate.contrib.django import app

from alongside.booths import reminding
from alongside.booths.models import Receipt


@app.task(name="booths.say_reminder", pass_context=False)
def say_reminder(reminder_id: int) -> None:
    """A moment after it was asked for, unless it was taken back."""
    reminding.say(reminder_id)


@app.periodic(cron="27 3 * * *")
@app.task(name="booths.forget_receipts", queueing_lock="booths.forget_receipts")
def forget_receipts(timestamp: int) -> None:
    """Every night."""
    Receipt.forget_old()
