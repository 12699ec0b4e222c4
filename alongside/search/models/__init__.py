"""What can be found."""

from alongside.search.models.document import FILE, KINDS, MESSAGE, NOTE, PERSON, SearchDocument

__all__ = ["FILE", "KINDS", "MESSAGE", "NOTE", "PERSON", "SearchDocument"]
