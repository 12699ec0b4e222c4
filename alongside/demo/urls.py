"""The post office, and the page on which the demo is taken away."""

from django.urls import path

from alongside.demo import views

app_name = "demo"
urlpatterns = [
    path("post-office", views.post_office, name="post_office"),
    path("post-office/<int:person_id>", views.post_office, name="someone"),
    path("post-office/<int:person_id>/letters", views.letters, name="letters"),
    path("settings/demo", views.about, name="about"),
]
