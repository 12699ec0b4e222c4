"""Where one-time links lead."""

from django.urls import path

from alongside.desk.joining import views

urlpatterns = [
    path("come-in/<str:token>", views.come_in, name="come_in"),
    path("join/<str:token>", views.join, name="join"),
]
