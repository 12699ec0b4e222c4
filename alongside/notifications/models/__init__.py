"""Notifications, and which kinds of them a member wishes for."""

from alongside.notifications.models.kinds import KINDS
from alongside.notifications.models.notification import Notification
from alongside.notifications.models.wish import Wish

__all__ = ["KINDS", "Notification", "Wish"]
