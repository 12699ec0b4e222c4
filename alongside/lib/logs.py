"""What the log says: where a reader was told what is wrong, a line; where we were wrong, all of it."""

import logging

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404

ANSWERED = (BadRequest, PermissionDenied, SuspiciousOperation, Http404)


class WithoutTraces(logging.Filter):
    """Takes the trace off a record that tells of a request which was refused in words."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True: every record is kept."""
        if record.exc_info and isinstance(record.exc_info[1], ANSWERED):
            record.exc_info = record.exc_text = None
        return True
