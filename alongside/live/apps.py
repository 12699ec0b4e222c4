"""Push and presence."""

from django.apps import AppConfig


class Live(AppConfig):
    name = "alongside.live"
    label = "live"

    def ready(self):
        """Let every room say who may listen to its topics."""
        from alongside.lib.discovery import room_modules

        for _ in room_modules("streams"):
            pass
