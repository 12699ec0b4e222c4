"""The ledger: what happened, to whom, and who must hear of it."""

from django.apps import AppConfig


class Events(AppConfig):
    name = "alongside.events"
    label = "events"

    def ready(self):
        """Let every room register its listeners, once all models are loaded."""
        from alongside.lib.discovery import room_modules

        for _ in room_modules("listeners"):
            pass
