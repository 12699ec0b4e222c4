"""Every human we know: who they are and how they are reached."""

from importlib import import_module

from django.apps import AppConfig


class People(AppConfig):
    name = "alongside.people"
    label = "people"

    def ready(self):
        """Say what this room holds of people, shows of them and draws of their life; keep true what they are known by."""
        import_module("alongside.people.own_belongings")
        import_module("alongside.people.own_timeline")
        import_module("alongside.people.duplicates.asking")
        import_module("alongside.people.recognition_keys").keep()
