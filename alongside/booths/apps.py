"""The page that both sides share."""

from django.apps import AppConfig


class Booths(AppConfig):
    name = "alongside.booths"
    label = "booths"
