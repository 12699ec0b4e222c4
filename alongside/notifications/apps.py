"""Tells a member what is waiting for them."""

from django.apps import AppConfig


class Notifications(AppConfig):
    name = "alongside.notifications"
    label = "notifications"

    def ready(self):
        """Have what a member opens count as seen."""
        from alongside.conversations.looking import looked
        from alongside.notifications.seeing import seen_by_opening

        looked.register(seen_by_opening)
