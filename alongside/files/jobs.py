"""Timed work of the room: what nobody holds on to goes."""

from procrastinate.contrib.django import app

from alongside.files.models import sweep_blobs, sweep_files

ROUND = 500


@app.periodic(cron="23 * * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Every hour: forget files that no room holds on to, then contents that no file has."""
    while sweep_files(ROUND) == ROUND:
        pass
    while sweep_blobs(ROUND) == ROUND:
        pass
