"""The desk as a Django app: it introduces the rooms to each other and puts their doors on the rail."""

from django.apps import AppConfig


class Desk(AppConfig):
    """Composes members' screens; has no models of its own."""

    name = "alongside.desk"
    label = "desk"

    def ready(self):
        """Let the rooms hang their panels, commands and drawings, and put the doors on the rail."""
        from alongside.desk import commands, doors
        from alongside.desk.lessons import bringing
        from alongside.desk.settings import nav
        from alongside.lib.discovery import room_modules
        from alongside.look import context

        for name in ("timeline", "panels", "belongings", "correcting", "origins", "commands"):
            for _ in room_modules(name):
                pass
        doors.put_up()
        context.offer("acts_by_keys", commands.by_keys)
        bringing.put_up()
        nav.put_up()
