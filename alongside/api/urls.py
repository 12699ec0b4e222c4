"""Addresses of the API: version 1, its description, and a problem for everything else below /api/."""

from django.urls import path

from alongside.api import views
from alongside.api.root import api

urlpatterns = [
    path("api/v1/openapi.json", views.openapi, name="api_openapi"),
    path("api/v1/docs", views.docs, name="api_docs"),
    path("api/v1/", api.urls),
    path("api/<path:rest>", views.nothing, name="api_nothing"),
]
