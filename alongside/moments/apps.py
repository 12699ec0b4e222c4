"""Small deeds, moods, and what someone usually has."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class Moments(AppConfig):
    """Puts the page of kinds among the settings, and has those that come with the house in its tables."""

    name = "alongside.moments"
    label = "moments"

    def ready(self):
        """Register with the look, and with whoever brings tables up to date."""
        from alongside.look import settings_pages
        from alongside.moments.loading import after_migrating

        settings_pages.add(_("Small kindnesses"), "moments:kinds", "moment", group="house", order=36,
                           shown_to=lambda request: request.principal.is_at_least("lead"))
        post_migrate.connect(after_migrating, sender=self)
