"""Address of the lessons that may be brought into a booth; one is brought by the booth's own verb."""

from django.urls import path

from alongside.desk.lessons import views

urlpatterns = [
    path("booths/<slug:code>/lessons-to-bring", views.to_bring, name="lessons_to_bring"),
]
