"""Finding people, messages, notes and files by what was written and by who, where and when."""

from django.apps import AppConfig


class Search(AppConfig):
    name = "alongside.search"
    label = "search"
