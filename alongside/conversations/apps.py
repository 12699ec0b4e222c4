"""One thread with a person, over any channel."""

from django.apps import AppConfig


class Conversations(AppConfig):
    name = "alongside.conversations"
    label = "conversations"
