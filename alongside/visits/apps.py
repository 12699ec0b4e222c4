"""People at the counter, on the phone and on site."""

from django.apps import AppConfig


class Visits(AppConfig):
    name = "alongside.visits"
    label = "visits"
