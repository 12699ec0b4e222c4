"""People from other places."""

from django.apps import AppConfig


class Importers(AppConfig):
    name = "alongside.importers"
    label = "importers"
