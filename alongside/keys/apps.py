"""Every token, in one table: links, API keys, invitations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Keys(AppConfig):
    """Puts the page of API keys among the settings."""

    name = "alongside.keys"
    label = "keys"

    def ready(self):
        """Register with the look."""
        from alongside.look import settings_pages

        settings_pages.add(
            _("API keys"),
            "settings_api_keys",
            "code",
            order=40,
            shown_to=lambda request: request.principal.is_at_least("admin"),
        )
