"""Every human we know: who they are and how they are reached."""

from importlib import import_module

from django.apps import AppConfig


class People(AppConfig):
    name = "alongside.people"
    label = "people"

    def ready(self):
        """Say what this room holds of people, shows and draws of them; keep true by what they are recognised."""
        import_module("alongside.people.own_belongings")
        import_module("alongside.people.own_timeline")
        import_module("alongside.people.own_panels")
        import_module("alongside.people.recognition_keys").keep()
