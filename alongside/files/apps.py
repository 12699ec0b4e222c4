"""Bytes that people send: kept by their hash, given out by signed links."""

from django.apps import AppConfig


class Files(AppConfig):
    name = "alongside.files"
    label = "files"
