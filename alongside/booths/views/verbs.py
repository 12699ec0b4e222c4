"""What is common to everything that is done on the table: who may, how it is sent, and once only."""

from contextlib import nullcontext
from functools import wraps

from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.booths.models import Full, NotOpen, Participant, Receipt
from alongside.booths.sent import Nonsense, Sent, given_by
from alongside.booths.views.seats import booth_of, place_of
from alongside.lib.access import members_and_guests
from alongside.lib.buckets import Buckets, Empty
from alongside.lib.plainly import problem

# What one guest may do: as quickly as hands can, and a queue that waited offline all at once.
GUESTS = Buckets(per_minute=120, burst=600)


def verb(form: type[Sent] = Sent, *, guard=members_and_guests, looking=False, change=False, whole=True, read=given_by):
    """Make a view of `f(request, booth, place, told, **ids)`, which does one thing and answers with an id or a dict.

    `looking`: also for a guest who only looks. `change`: what is sent again with the same `once` is not done again
    (what adds something keeps that key itself). `whole`: in one transaction. `read(request)` gives the fields that were
    sent.
    """

    def decorate(inner):
        @require_POST
        @never_cache
        @guard
        @wraps(inner)
        def view(request, code, **ids):
            try:
                booth = booth_of(request, code)
                place = place_of(request, booth)
                _refuse(place, looking)
                told = form.read(read(request))
                with transaction.atomic() if whole else nullcontext():
                    if change and told["once"] and not Receipt.is_first(place, told["once"]):
                        return JsonResponse({"id": next(iter(ids.values()), booth.id)})
                    return _answer(inner(request, booth, place, told, **ids))
            except Refused as refused:
                return refused.response
            except Nonsense as wrong:
                return problem(400, str(wrong), errors=wrong.fields)
            except NotOpen:
                return problem(409, _("This page has ended, so nothing on it changes. Open it again to go on."))
            except Full:
                return problem(409, _("There is as much of it on this page as fits. Take something off, or open "
                                      "another page."))
            except Http404:
                return problem(404, _("That is not here, or not any more."))

        return view

    return decorate


class Refused(Exception):
    """Whoever asks may not do this (now); `response` says why."""

    def __init__(self, response: HttpResponse):
        super().__init__(response.status_code)
        self.response = response


def _refuse(place: Participant, looking: bool) -> None:
    if not looking and not place.may_edit:
        raise Refused(problem(403, _("Your link is for looking. Ask whoever gave it to you for one to work with.")))
    try:
        if place.is_guest:
            GUESTS.take(place.id)
    except Empty as empty:
        response = problem(429, _("That was very quick. Wait a moment, then go on; nothing is lost."))
        response["Retry-After"] = str(empty.wait)
        raise Refused(response) from None


def _answer(done) -> HttpResponse:
    if isinstance(done, HttpResponse):
        return done
    return JsonResponse(done if isinstance(done, dict) else {"id": done})


def made(id: int, **more) -> JsonResponse:
    """The answer to something that was added."""
    return JsonResponse({"id": id, **more}, status=201)
