"""Visits: somebody at the counter, on the phone or on site."""

from alongside.visits.models.visit import COUNTER, FORGOTTEN_AFTER, KINDS, PHONE, SITE, Visit, topic_of

__all__ = ["COUNTER", "FORGOTTEN_AFTER", "KINDS", "PHONE", "SITE", "Visit", "topic_of"]
