"""Addresses of promises: the list, one of them, and what is done with it."""

from django.urls import path

from alongside.promises.views import lists, one

app_name = "promises"
each = "promises/<int:id>"
urlpatterns = [
    path("promises", lists.promises, name="promises"),
    path("people/<int:person_id>/promises/new", one.make, name="make"),
    path(each, one.promise, name="promise"),
    path(f"{each}/keeping", one.keep, name="keep"),
    path(f"{each}/opening", one.reopen, name="reopen"),
    path(f"{each}/withdrawal", one.withdraw, name="withdraw"),
    path(f"{each}/another-time", one.renegotiate, name="renegotiate"),
    path(f"{each}/breaking", one.break_, name="break"),
    path(f"{each}/handing-over", one.hand_over, name="hand_over"),
]
