"""One thread with a person, over any channel."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Conversations(AppConfig):
    """Puts its pages among the settings."""

    name = "alongside.conversations"
    label = "conversations"

    def ready(self):
        """Register with the look."""
        from alongside.look import settings_pages

        settings_pages.add(_("Saved replies"), "conversations:replies", "saved", group="conversations", order=10)
        settings_pages.add(_("Blocked addresses"), "conversations:blocks", "block", group="conversations", order=20)
