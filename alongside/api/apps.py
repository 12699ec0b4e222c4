"""The house for other programs: people, conversations and messages over HTTP and JSON."""

from django.apps import AppConfig


class Api(AppConfig):
    name = "alongside.api"
    label = "api"
