"""Addresses of the bell."""

from django.urls import path

from alongside.notifications import views

app_name = "notifications"
urlpatterns = [
    path("notifications", views.notifications, name="notifications"),
    path("notifications/seen", views.see, name="see"),
    path("notifications/latest.json", views.latest, name="latest"),
    path("settings/you/wishes", views.wishes, name="wishes"),
]
