"""Addresses of lessons."""

from django.urls import path

from alongside.knowledge.views import lessons, parts

app_name = "knowledge"
urlpatterns = [
    path("lessons", lessons.lessons, name="lessons"),
    path("lessons/load", lessons.load, name="load"),
    path("lessons/<int:id>", lessons.lesson, name="lesson"),
    path("lessons/<int:id>/shown", lessons.shown, name="shown"),
    path("lessons/<int:id>/retire", lessons.retire, name="retire"),
    path("lessons/<int:id>/steps", parts.new, name="new_part"),
    path("lessons/<int:id>/steps/<int:part_id>", parts.part, name="part"),
    path("lessons/<int:id>/steps/<int:part_id>/move", parts.move, name="move"),
    path("lessons/<int:id>/steps/<int:part_id>/take-out", parts.take_out, name="take_out"),
]
