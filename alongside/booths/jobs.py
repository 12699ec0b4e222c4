"""What the booths do by the clock: forgetting keys of changes that nobody sends again."""

from procrastinate.contrib.django import app

from alongside.booths.models import Receipt


@app.periodic(cron="27 3 * * *")
@app.task(name="booths.forget_receipts", queueing_lock="booths.forget_receipts")
def forget_receipts(timestamp: int) -> None:
    """Every night."""
    Receipt.forget_old()
