"""Addresses of the settings of small kindnesses."""

from django.urls import path

from alongside.moments import views

app_name = "moments"
urlpatterns = [
    path("settings/moments", views.kinds, name="kinds"),
    path("settings/moments/<int:id>", views.kind, name="kind"),
    path("settings/moments/<int:id>/move", views.move, name="move"),
    path("settings/moments/<int:id>/retire", views.retire, name="retire"),
    path("settings/moments/<int:id>/ideas", views.new_idea, name="new_idea"),
    path("settings/moments/<int:id>/ideas/<int:idea_id>", views.idea, name="idea"),
    path("settings/moments/<int:id>/ideas/<int:idea_id>/retire", views.retire_idea, name="retire_idea"),
]
