"""Addresses of the search."""

from django.urls import path

from alongside.search import views

urlpatterns = [path("search", views.search, name="search")]
