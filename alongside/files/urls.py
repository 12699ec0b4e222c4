"""Addresses of files."""

from django.urls import path

from alongside.files import views

urlpatterns = [
    path("uploads", views.upload, name="upload"),
    path("files/<str:token>", views.download, name="file"),
]
