"""Addresses of bringing people in."""

from django.urls import path

from alongside.importers import views

app_name = "importers"
urlpatterns = [
    path("settings/imports", views.imports, name="imports"),
    path("settings/imports/<int:id>", views.one, name="one"),
    path("settings/imports/<int:id>/carrying-out", views.carry_out, name="carry_out"),
    path("settings/imports/<int:id>/stopping", views.stop, name="stop"),
    path("settings/imports/<int:id>/undoing", views.take_back, name="take_back"),
    path("settings/imports/<int:id>/left-out.csv", views.broken, name="broken"),
]
