"""What can be found, and finding it."""

from alongside.search.models.document import FILE, KINDS, MESSAGE, NOTE, PERSON, SearchDocument

__all__ = ["FILE", "KINDS", "MESSAGE", "NOTE", "PERSON", "SearchDocument", "find", "index_in_bulk"]


def find(principal, text: str, limit: int = 8, **more):
    """What `principal` may find for `text`: see `search.finding.find`."""
    from alongside.search.finding import find as _find

    return _find(principal, text, limit, **more)


def index_in_bulk(**ranges) -> int:
    """Make the documents of whole ranges of ids by COPY: see `search.loading.index_in_bulk`."""
    from alongside.search.loading import index_in_bulk as _index_in_bulk

    return _index_in_bulk(**ranges)
