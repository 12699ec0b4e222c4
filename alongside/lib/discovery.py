"""Finds the modules of a given name in every room, so that a room is wired by having a file."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


def room_modules(name: str):
    """Import and yield `<room>.<name>` for every installed room that has such a module."""
    for config in apps.get_app_configs():
        if config.name.startswith("alongside.") and find_spec(f"{config.name}.{name}"):
            yield import_module(f"{config.name}.{name}")
