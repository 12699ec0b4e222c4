"""Where one-time links lead."""

from django.urls import path

from alongside.desk.joining import own_address, views

urlpatterns = [
    path("come-in/<str:token>", views.come_in, name="come_in"),
    path("join/<str:token>", views.join, name="join"),
    path("settings/you/address", own_address.ask, name="settings_address"),
    path("new-address/<str:token>", own_address.confirm, name="new_address"),
]
