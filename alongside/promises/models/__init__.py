"""Promises, and what became of them."""

from alongside.promises.models.change import PromiseChange
from alongside.promises.models.promise import BROKEN, KEPT, OPEN, WITHDRAWN, NotNow, Promise

__all__ = ["BROKEN", "KEPT", "OPEN", "WITHDRAWN", "NotNow", "Promise", "PromiseChange"]
