"""Addresses of bringing people in."""

from django.urls import path

from alongside.importers import views

app_name = "importers"
urlpatterns = [
    path("people/imports", views.imports, name="imports"),
    path("people/imports/<int:id>", views.one, name="one"),
    path("people/imports/<int:id>/carrying-out", views.carry_out, name="carry_out"),
    path("people/imports/<int:id>/undoing", views.take_back, name="take_back"),
    path("people/imports/<int:id>/left-out.csv", views.broken, name="broken"),
]
