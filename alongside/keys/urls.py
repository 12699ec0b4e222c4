"""Where admins keep API keys."""

from django.urls import path

from alongside.keys import views

urlpatterns = [
    path("settings/api-keys", views.api_keys, name="settings_api_keys"),
    path("settings/api-keys/<int:key_id>/revoke", views.revoke_api_key, name="settings_revoke_api_key"),
]
