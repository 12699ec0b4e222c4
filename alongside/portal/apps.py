"""A person's own screens."""

from django.apps import AppConfig


class Portal(AppConfig):
    name = "alongside.portal"
    label = "portal"
