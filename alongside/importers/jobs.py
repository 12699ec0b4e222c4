"""Bringing people in, and taking them back, takes a while, so it is done beside the pages."""

from contextlib import suppress
from time import monotonic

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from alongside.importers.bringing_in import carry_out
from alongside.importers.models import RUNNING, UNDOING, PeopleImport
from alongside.importers.taking_out import undo

LOCK = "importers"  # whoever works on imports has it, so that one works at a time
STRETCH_SECONDS = 4.0  # of work in one job; then the house may stop, or another job goes on


@app.task(name="importers.carry_out", lock=LOCK, queueing_lock="importers.carry_out")
def bring_in() -> None:
    """Work on every import that was begun or is taken back; one that a crash cut off goes on."""
    until = monotonic() + STRETCH_SECONDS
    begun = PeopleImport.objects.filter(state__in=(RUNNING, UNDOING))
    for bringing in begun.select_related("file", "by").order_by("at"):
        if (carry_out if bringing.state == RUNNING else undo)(bringing, until):
            put_in_line()
            return


def put_in_line() -> None:
    """Have the work done soon; a job that waits does it all."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        bring_in.defer()


@app.periodic(cron="*/5 * * * *")
@app.task(name="importers.go_on", lock=LOCK, queueing_lock="importers.go_on", pass_context=False)
def go_on(timestamp: int) -> None:
    """Every five minutes: go on with what a crash cut off."""
    bring_in()
