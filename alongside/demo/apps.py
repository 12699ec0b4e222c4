"""The small world from the essays, to try everything in; removed with one click."""

from django.apps import AppConfig


class Demo(AppConfig):
    name = "alongside.demo"
    label = "demo"
