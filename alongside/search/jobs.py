"""Long work on the index, out of everyone's way."""

from procrastinate.contrib.django import app

from alongside.search import rebuilding


@app.task(name="search.rebuild", queueing_lock="search.rebuild")
def rebuild_all() -> None:
    """Make every search document anew, while the present ones go on being found."""
    rebuilding.rebuild()
