"""Taking back what was done with a tap: by whoever did it, and only while it is fresh."""

from datetime import datetime, timedelta

from django.utils import timezone

TAKEN_BACK_WITHIN = timedelta(minutes=10)


class TooLate(Exception):
    """It was done by somebody else, or too long ago, to be taken back with a tap."""


def is_fresh(at: datetime) -> bool:
    """Whether what was done at that moment can still be taken back with a tap."""
    return at >= timezone.now() - TAKEN_BACK_WITHIN
