"""A person's own screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Portal(AppConfig):
    """The person's own page, and what members decide about it."""

    name = "alongside.portal"
    label = "portal"

    def ready(self):
        """Let rooms say what a person may put right, and put how long things are kept among the settings."""
        from alongside.lib.discovery import room_modules
        from alongside.look import settings_pages

        for _each in room_modules("correcting"):
            pass
        settings_pages.add(_("How long we keep things"), "settings_retention", "clock", order=60,
                           shown_to=lambda request: request.principal.is_at_least("admin"))
