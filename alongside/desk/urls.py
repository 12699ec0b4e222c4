"""Addresses of the desk: the first page, finding, the rail; and the pages of its parts."""

from importlib.util import find_spec

from django.urls import include, path

from alongside.desk import views

own = [
    path("", views.home, name="home"),
    path("find", views.find, name="find"),
    path("rail", views.rail, name="rail"),
]
urlpatterns = [path("", include((own, "desk")))]
for part in ("settings", "joining", "counter", "together", "lessons"):
    if find_spec(f"alongside.desk.{part}.urls"):
        urlpatterns.append(path("", include(f"alongside.desk.{part}.urls")))
