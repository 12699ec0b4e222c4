"""Bringing people in takes a while, so it is done beside the pages."""

from procrastinate.contrib.django import app

from alongside.importers.bringing_in import carry_out
from alongside.importers.models import RUNNING, PeopleImport

LOCK = "importers"  # whoever works on imports has it, so that one works at a time


@app.task(name="importers.carry_out", lock=LOCK, queueing_lock="importers.carry_out")
def bring_in() -> None:
    """Carry out every import that was begun; one that a crash cut off goes on."""
    for bringing in PeopleImport.objects.filter(state=RUNNING).select_related("file", "by").order_by("at"):
        carry_out(bringing)


@app.periodic(cron="*/5 * * * *")
@app.task(name="importers.go_on", lock=LOCK, queueing_lock="importers.go_on", pass_context=False)
def go_on(timestamp: int) -> None:
    """Every five minutes: go on with what a crash cut off."""
    bring_in()
