"""Mail in and mail out: mailboxes, raw mail, the outbox, the post office."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmailChannel(AppConfig):
    """Says which addresses are ours, and puts its page among the settings."""

    name = "alongside.channels.email"
    label = "email_channel"

    def ready(self):
        """Register with the rooms below."""
        from alongside.channels.email import troubles
        from alongside.channels.email.addressing import our_addresses
        from alongside.conversations.recipients import own_addresses
        from alongside.look import rail, settings_pages

        own_addresses.register(our_addresses)
        rail.watch(troubles.tally, troubles.notices)
        settings_pages.add(
            _("Mail addresses"),
            "settings_mail",
            "mail",
            group="doors",
            order=10,
            shown_to=lambda request: request.principal.is_at_least("admin"),
        )
