"""Addresses of push and presence."""

from django.urls import path

from alongside.live import views

urlpatterns = [
    path("live", views.live, name="live"),
    path("live/here", views.here, name="live_here"),
]
