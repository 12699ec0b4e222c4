"""By what somebody is recognised is made anew once for all that one transaction changes, before it is committed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction


@dataclass
class _Held:
    """Whom the transaction changed; of `fresh` ones, whom it wrote down first, nobody else can know yet."""

    changed: set[int] = field(default_factory=set)
    fresh: set[int] = field(default_factory=set)


_held: ContextVar[_Held | None] = ContextVar("people whose keys wait", default=None)


@contextmanager
def once(savepoint: bool = True) -> Iterator[None]:
    """A transaction at whose end the keys of everyone whom it changed are made, once; one within another is part of it.

    Whoever reads keys inside calls `settle` first. With an exception nothing is made: its rows are taken back.
    `savepoint` as in `transaction.atomic`.
    """
    with transaction.atomic(savepoint=savepoint):
        if _held.get() is not None:
            yield
            return
        mark = _held.set(_Held())
        try:
            yield
            settle()
        finally:
            _held.reset(mark)


def renew(ids: Iterable[int], *, fresh: bool = False) -> None:
    """Make the keys of these people anew: at the end of `once`, else now. Call it after an `update`.

    An `update` tells nobody, unlike a save. `fresh` says that this transaction wrote them down first.
    """
    held = _held.get()
    if held is None:
        with once(savepoint=False):
            renew(ids, fresh=fresh)
        return
    ids = set(ids)
    held.changed |= ids
    held.fresh |= ids if fresh else set()


def settle() -> None:
    """Make now what waits for the end of `once`."""
    from alongside.people.recognition_keys import make  # which knows the models that need this module

    held = _held.get()
    if held is not None and held.changed:
        changed, held.changed = held.changed, set()
        make(changed, held.fresh)
