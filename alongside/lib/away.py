"""Tells apart why PostgreSQL failed: it cannot be reached, or its disk is full, or the query was wrong."""

import logging
from contextlib import contextmanager

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError

# SQLSTATE classes and codes: connection exceptions; shutting down, crashed, starting; too many connections.
AWAY = ("08", "57P01", "57P02", "57P03", "53300")
FULL = ("53100", "58030")
_log = logging.getLogger(__name__)


class Outage:
    """Says once that something is away, and once that it is back, however often it is tried in between."""

    def __init__(self, log: logging.Logger, what: str):
        self.log, self.what, self.lasts = log, what, False

    def begins(self, error: BaseException) -> None:
        """It does not answer."""
        if not self.lasts:
            self.log.warning("%s is away and will be tried until it is back: %s", self.what, str(error).strip())
        self.lasts = True

    def ends(self) -> None:
        """It answers."""
        if self.lasts:
            self.log.warning("%s is back", self.what)
        self.lasts = False


def _chain(error: BaseException | None):
    """The error, and what it came from, each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def is_away(error: BaseException) -> bool:
    """Whether the error comes from a database that cannot be reached, or that closed the connection."""
    for part in _chain(error):
        if isinstance(part, psycopg.Error) and (part.sqlstate or "").startswith(AWAY):
            return True
        if isinstance(part, (psycopg.OperationalError, psycopg.InterfaceError)) and part.sqlstate is None:
            return True
        if isinstance(part, InterfaceError) or (isinstance(part, OperationalError) and part.__cause__ is None):
            return True
    return False


def is_full(error: BaseException) -> bool:
    """Whether the error says that the database's disk is full."""
    return any(isinstance(part, psycopg.Error) and part.sqlstate in FULL for part in _chain(error))


@contextmanager
def unless_full():
    """Around a write that a page can do without: a full disk leaves it undone, so that one may still read."""
    try:
        yield
    except DatabaseError as error:
        if not is_full(error):
            raise
        _log.warning("The database's disk is full; what was only to be remembered is left out: %s", error)
