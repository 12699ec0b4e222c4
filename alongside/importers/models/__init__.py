"""What was brought in from a file, row by row."""

from alongside.importers.models.imported_row import BROKEN, CHANGED, CREATED, LEFT, SAME, ImportedRow
from alongside.importers.models.people_import import (
    CSV,
    DONE,
    DRAFT,
    PURPOSE,
    RUNNING,
    STOPPED,
    UNDOING,
    UNDONE,
    VCARD,
    PeopleImport,
)

__all__ = ["BROKEN", "CHANGED", "CREATED", "CSV", "DONE", "DRAFT", "LEFT", "PURPOSE", "RUNNING", "SAME", "STOPPED",
           "UNDOING", "UNDONE", "VCARD", "ImportedRow", "PeopleImport"]
