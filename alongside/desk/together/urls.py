"""Address of offering a seat in an answer."""

from django.urls import path

from alongside.desk.together import views

urlpatterns = [
    path("conversations/<int:id>/seat", views.into_conversation, name="into_conversation"),
]
