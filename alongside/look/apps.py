"""The look as a Django app."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Registers templates and static files; the look has no models."""

    name = "alongside.look"
    label = "look"
