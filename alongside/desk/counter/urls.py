"""Addresses of the counter."""

from django.urls import include, path

from alongside.desk.counter import views

own = [
    path("counter", views.counter, name="counter"),
    path("counter/found", views.found, name="found"),
    path("counter/here", views.here, name="here"),
    path("counter/come", views.come, name="come"),
    path("counter/newcomer", views.newcomer, name="newcomer"),
    path("counter/stand", views.stand, name="stand"),
    path("counter/take-back", views.take_back, name="take_back"),
    path("counter/visits/<int:id>", views.visit, name="visit"),
    path("counter/visits/<int:id>/note", views.note, name="note"),
    path("counter/visits/<int:id>/leave", views.leave, name="leave"),
]
urlpatterns = [path("", include((own, "counter")))]
