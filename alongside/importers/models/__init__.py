"""What was brought in from a file, row by row."""

from alongside.importers.models.imported_row import BROKEN, CHANGED, CREATED, LEFT, SAME, ImportedRow
from alongside.importers.models.people_import import (
    CSV,
    DONE,
    DRAFT,
    PURPOSE,
    RUNNING,
    UNDOING,
    UNDONE,
    VCARD,
    PeopleImport,
)

__all__ = ["BROKEN", "CHANGED", "CREATED", "CSV", "DONE", "DRAFT", "LEFT", "PURPOSE", "RUNNING", "SAME", "UNDOING",
           "UNDONE", "VCARD", "ImportedRow", "PeopleImport"]
