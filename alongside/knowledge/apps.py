"""What the house knows and shows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Knowledge(AppConfig):
    """Puts the page of lessons among the settings."""

    name = "alongside.knowledge"
    label = "knowledge"

    def ready(self):
        """Register with the look."""
        from alongside.look import settings_pages

        settings_pages.add(_("Lessons"), "knowledge:lessons", "story", group="house", order=36)
