"""Every human we know: who they are and how they are reached."""

from importlib import import_module

from django.apps import AppConfig


class People(AppConfig):
    name = "alongside.people"
    label = "people"

    def ready(self):
        """Keep true by what people are recognised."""
        import_module("alongside.people.recognition_keys").keep()
