"""Work of the room beside the pages: letters with links, copies of everything, and what is kept no longer."""

from procrastinate.contrib.django import app

from alongside.portal import links


@app.task(name="portal.send_links", pass_context=False)
def send_links(address: str) -> None:
    """Write to whoever is known at `address`. In a job, so that asking takes as long for an address we do not know."""
    links.ask(address)
