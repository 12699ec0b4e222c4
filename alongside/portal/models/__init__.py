"""What the room keeps: objections, copies, receipts of erasing, and how long things are kept."""

from alongside.portal.models.objection import Objection

__all__ = ["Objection"]
