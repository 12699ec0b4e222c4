"""The addresses of the product: each room brings its own `urls.py`."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path

urlpatterns = []
for room in apps.get_app_configs():
    if room.name.startswith("alongside.") and find_spec(f"{room.name}.urls"):
        urlpatterns.append(path("", include(f"{room.name}.urls")))

handler400 = "alongside.look.views.bad_request"
handler403 = "alongside.look.views.forbidden"
handler404 = "alongside.look.views.not_found"
handler500 = "alongside.look.views.server_error"
handler429 = "alongside.members.views.too_often.too_often"
