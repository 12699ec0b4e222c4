"""Push and presence."""

from django.apps import AppConfig


class Live(AppConfig):
    name = "alongside.live"
    label = "live"

    def ready(self):
        """Let every room say who may listen to its topics, and every page from where it follows."""
        from alongside.lib.discovery import room_modules
        from alongside.live.models.hints import mark
        from alongside.look import context

        context.offer("live_since", mark)
        for _ in room_modules("streams"):
            pass
