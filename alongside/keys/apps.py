"""Every token, in one table: links, API keys, invitations."""

from django.apps import AppConfig


class Keys(AppConfig):
    name = "alongside.keys"
    label = "keys"
