"""The look's one address: its gallery."""

from django.urls import path

from alongside.look import views

app_name = "look"
urlpatterns = [path("look/gallery", views.gallery, name="gallery")]
