"""The API's root: version 1, its resources, its errors, and its description as OpenAPI."""

import logging

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from alongside.api import problems
from alongside.api.openapi import Description
from alongside.api.queries import known
from alongside.api.resources import booths, conversations, files, house, messages, people, tables

log = logging.getLogger("alongside.api")


class House(NinjaAPI):
    """Version 1 of the API."""

    def get_openapi_schema(self, *, path_prefix=None, path_params=None):
        """The description, in which every error is a problem."""
        return Description(self, path_prefix if path_prefix is not None else "/api/v1")


api = House(title="Alongside", version="1", docs_url=None, openapi_url=None, urls_namespace="api-v1",
            description="People, conversations, messages, files and booths. Errors are problems (RFC 9457), lists are "
                        "pages with a cursor, and a POST with an Idempotency-Key can be sent again without doing it "
                        "twice.",
            )  # fmt: skip
for part in (house, people, conversations, messages, files, tables, booths):
    api.add_router("", part.router)
known.describe = api.get_openapi_schema


@api.exception_handler(problems.Problem)
def problem(request, problem: problems.Problem):
    """What we raised ourselves."""
    return problem.response()


@api.exception_handler(ValidationError)
def not_valid(request, wrong: ValidationError):
    """A field is missing, unknown or of another kind: 400 with each of them; a path that cannot be is a 404."""
    errors = [{"where": _where(error["loc"]), "detail": error["msg"]} for error in wrong.errors]
    if any(error["loc"][0] == "path" for error in wrong.errors):
        return problems.not_found().response()
    unknown = any(error["type"] == "extra_forbidden" for error in wrong.errors)
    return problems.Problem(400, "unknown-field" if unknown else "not-valid", errors=errors).response()


def _where(place: tuple) -> list[str]:
    """The way to a field as the caller sent it: without the name that the body has in our code."""
    return [str(step) for at, step in enumerate(place) if (place[0], at) != ("body", 1)]


@api.exception_handler(HttpError)
def http_error(request, wrong: HttpError):
    """What Django Ninja itself refuses, such as a body that is no JSON."""
    return problems.Problem(wrong.status_code, detail=str(wrong)).response()


@api.exception_handler(Http404)
def missing(request, wrong):
    """Nothing here."""
    return problems.not_found().response()


@api.exception_handler(Exception)
def broken(request, wrong: Exception):
    """Something we did not expect: told in the log, never to the caller."""
    log.exception("The API could not answer %s %s", request.method, request.path)
    return problems.Problem(500, detail="We wrote down what happened. Nothing was changed.").response()
