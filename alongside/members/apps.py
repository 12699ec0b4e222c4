"""Who serves: sign-in, teams, roles and hours."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Members(AppConfig):
    """Puts its settings pages into the list and its doors onto the rail."""

    name = "alongside.members"
    label = "members"

    def ready(self):
        """Register with the look."""
        from alongside.look import rail, settings_pages

        rail.add(_("Settings"), "settings", "settings", order=90, foot=True, wide_only=True, within=("/settings",))
        rail.add_to_menu(_("Your settings"), "settings_you", "person", order=10)
        settings_pages.add(_("About you"), "settings_you", "person", group="you", order=10)
        settings_pages.add(_("Notifications"), "settings_notifications", "bell", group="you", order=20)
        settings_pages.add(_("Password"), "account_change_password", "key", group="you", order=30)
        settings_pages.add(_("Where you are signed in"), "settings_sessions", "laptop", group="you", order=40)
        settings_pages.add(_("Your hours"), "settings_hours", "clock", group="you", order=15)
        admins = {"shown_to": lambda request: request.principal.is_at_least("admin")}
        settings_pages.add(_("Organisation"), "settings_organisation", "building", order=10, **admins)
        settings_pages.add(_("Locations"), "settings_locations", "house", order=15, **admins)
