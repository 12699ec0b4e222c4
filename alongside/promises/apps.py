"""What we said we would do, for whom and by when."""

from django.apps import AppConfig


class Promises(AppConfig):
    name = "alongside.promises"
    label = "promises"
