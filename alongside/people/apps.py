"""Every human we know: who they are and how they are reached."""

from django.apps import AppConfig


class People(AppConfig):
    name = "alongside.people"
    label = "people"
