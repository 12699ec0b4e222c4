"""Question sets, and what we know by them."""

from django.apps import AppConfig


class Profiles(AppConfig):
    name = "alongside.profiles"
    label = "profiles"
