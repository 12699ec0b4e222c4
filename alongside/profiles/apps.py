"""Question sets, and what we know by them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Profiles(AppConfig):
    """Puts the page of question sets among the settings."""

    name = "alongside.profiles"
    label = "profiles"

    def ready(self):
        """Register with the look."""
        from alongside.look import settings_pages

        settings_pages.add(_("Questions"), "profiles:sets", "card", group="house", order=35,
                           shown_to=lambda request: request.principal.is_at_least("lead"))
