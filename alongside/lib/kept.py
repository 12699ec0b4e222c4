"""Querysets that are put together once. After that only their values change, and PostgreSQL keeps their plan, too.

For rows that stand on every page. Django puts a queryset's SQL together anew at each use, and PostgreSQL plans what
comes as text: with a few joins and annotations both take longer than to read the row.

    @lru_cache
    def _arriving() -> Kept:
        return Kept(Member.objects.arriving().filter(pk=slot(0)))

    _arriving().rows(42)  # as list(Member.objects.arriving().filter(pk=42))

Measured: opening a conversation took 4 ms less of 29 by its two largest querysets.
"""

import copy
import re
from dataclasses import replace

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg.types.numeric import Int8

from alongside.lib.prepared import fetch
from alongside.lib.principal import Principal

_BIGGEST = 2**63 - 1
_FIRST = 917_305_268_401_773_000  # so large that no row has it, and nobody else writes it
_SLOT = re.compile(r"\b917305268401773(\d{3})\b")


def slot(place: int) -> int:
    """What stands in a queryset for the value that `Kept.rows` is given at `place` (from 0, below 1000)."""
    return _FIRST + place


def anybody_like(principal: Principal, place: int) -> Principal:
    """Whoever may see the same by their role and teams: the key under which a queryset of what they see is kept.

    Their member and person are the slots at `place` and after it; `who` gives the values.
    """
    return replace(
        principal, session_key=None, participant_id=None,
        member_id=None if principal.member_id is None else slot(place),
        person_id=None if principal.person_id is None else slot(place + 1),
    )  # fmt: skip


def who(principal: Principal) -> tuple[int, int]:
    """The values of the two slots of `anybody_like`."""
    return principal.member_id or 0, principal.person_id or 0


class Kept:
    """A queryset of model instances, with `slot`s in it for whole numbers that come later.

    Everything else in it is kept as it is: what depends on the hour, the reader or the language must come by a slot or
    by the key under which this is kept.
    """

    def __init__(self, queryset: QuerySet):
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql, params = self._compiler.as_sql()
        except EmptyResultSet:  # Django sees by itself that there is none
            self._sql = ""
            return
        self._compiler.connection = None  # each use has its own thread's
        self._sql = _SLOT.sub(r"%(slot_\1)s", connection.ops.compose_sql(sql, params).replace("%", "%%"))

    def rows(self, *values: int) -> list:
        """The instances, with what the queryset loads beside them; none for a number that no column holds.

        Raises Django's database errors.
        """
        if not self._sql or any(abs(value) > _BIGGEST for value in values):
            return []
        params = {f"slot_{place:03}": Int8(value) for place, value in enumerate(values)}
        return list(self._queryset_for(fetch(self._sql, params)))

    def first(self, *values: int):
        """The first of `rows`, or None."""
        return next(iter(self.rows(*values)), None)

    def _queryset_for(self, rows: list[tuple]) -> QuerySet:
        """The queryset, which finds `rows` where it would have asked for them."""
        compiler = copy.copy(self._compiler)
        compiler.connection = connection
        compiler.execute_sql = lambda *args, **kwargs: [rows]
        found = self._queryset._chain()
        found.query.get_compiler = lambda *args, **kwargs: compiler
        return found
