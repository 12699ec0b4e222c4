"""Tells a member what is waiting for them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Notifications(AppConfig):
    name = "alongside.notifications"
    label = "notifications"

    def ready(self):
        """Have what a member opens count as seen, and put the page of wishes among a member's settings."""
        from alongside.booths import looking as booths
        from alongside.conversations import looking as conversations
        from alongside.look import settings_pages
        from alongside.notifications.seeing import seen_by_opening, seen_by_sitting_down

        conversations.looked.register(seen_by_opening)
        booths.looked.register(seen_by_sitting_down)
        settings_pages.add(_("What you hear of"), "notifications:wishes", "filter", group="you", order=25)
