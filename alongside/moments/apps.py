"""Small deeds, moods, and what someone usually has."""

from django.apps import AppConfig


class Moments(AppConfig):
    name = "alongside.moments"
    label = "moments"
