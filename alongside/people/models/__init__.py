"""People and the ways they are reached."""

from alongside.people.models.identity import EMAIL, KINDS, PHONE, Identity
from alongside.people.models.person import NameKey, Person

__all__ = ["EMAIL", "KINDS", "PHONE", "Identity", "NameKey", "Person"]
