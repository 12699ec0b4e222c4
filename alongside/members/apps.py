"""Who serves: sign-in, teams, roles and hours."""

from django.apps import AppConfig


class Members(AppConfig):
    name = "alongside.members"
    label = "members"
