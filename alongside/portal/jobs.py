"""Work of the room beside the pages: letters with links, copies of everything, and what is kept no longer."""

from procrastinate.contrib.django import app

from alongside.portal import copying, keeping, links, wiping
from alongside.portal.models import Copy


@app.task(name="portal.send_links", pass_context=False)
def send_links(address: str) -> None:
    """Write to whoever is known at `address`. In a job, so that asking takes as long for an address we do not know."""
    links.ask(address)


@app.task(name="portal.pack_copy", pass_context=False)
def pack_copy(copy_id: int) -> None:
    """Pack a copy that is too large to wait for."""
    copy = Copy.objects.select_related("person").filter(pk=copy_id, file=None).first()
    if copy:
        copying.pack(copy)


@app.periodic(cron="41 * * * *")
@app.task(name="portal.forget_copies", queueing_lock="portal.forget_copies", pass_context=False)
def forget_copies(timestamp: int) -> None:
    """Every hour: copies whose day is over go."""
    copying.forget_old()


@app.task(name="portal.sample_anew", lock="portal.sample_anew", pass_context=False)
def sample_anew() -> None:
    """Right after somebody was forgotten: the planner's samples of values are taken anew."""
    wiping.sample_anew()


@app.periodic(cron="47 * * * *")
@app.task(name="portal.wipe", queueing_lock="portal.wipe", pass_context=False)
def wipe(timestamp: int) -> None:
    """In the night after somebody was forgotten: nothing of them stays in the database's own files."""
    if wiping.is_night() and wiping.is_due():
        wiping.wipe()


@app.periodic(cron="17 3 * * *")
@app.task(name="portal.let_go", queueing_lock="portal.let_go", pass_context=False)
def let_go(timestamp: int) -> None:
    """Every night: what is kept no longer goes."""
    keeping.apply()
