"""What the room keeps: objections, copies, receipts of erasing, and how long things are kept."""

from alongside.portal.models.copy import Copy
from alongside.portal.models.erasure import Erasure
from alongside.portal.models.objection import Objection
from alongside.portal.models.retention import Retention

__all__ = ["Copy", "Erasure", "Objection", "Retention"]
