"""People from other places."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Importers(AppConfig):
    name = "alongside.importers"
    label = "importers"

    def ready(self):
        """Put the page among the house's settings."""
        from alongside.look import settings_pages

        settings_pages.add(_("Bring people in"), "importers:imports", "people", group="house", order=60,
                           shown_to=lambda request: request.principal.is_at_least("lead"))
