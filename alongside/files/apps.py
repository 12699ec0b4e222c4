"""Attachments."""

from django.apps import AppConfig


class Files(AppConfig):
    name = "alongside.files"
    label = "files"
