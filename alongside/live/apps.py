"""Push and presence: says "this changed", never what it says now."""

from django.apps import AppConfig


class Live(AppConfig):
    name = "alongside.live"
    label = "live"
