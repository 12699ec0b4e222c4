"""Errors as RFC 9457 says: application/problem+json with a type, a title, a status and a detail in words."""

import json
from http import HTTPStatus

from django.http import HttpResponse

CONTENT_TYPE = "application/problem+json"
ABOUT = "/api/v1/docs#"  # a problem's type is an address that explains it

TITLES = {
    "bad-request": "The request cannot be read",
    "unknown-field": "A field that is not known here",
    "not-valid": "A field has a value that is not possible",
    "unauthorized": "A key is needed",
    "insufficient-scope": "The key may not do this",
    "forbidden": "This is not open to you",
    "not-found": "There is nothing here",
    "method-not-allowed": "This cannot be done here",
    "unseen-message": "Someone wrote since you last looked",
    "conflict": "It is too late for this",
    "forgotten": "What this told is forgotten",
    "too-large": "The request is too large",
    "in-flight": "The same request is being worked on",
    "idempotency-mismatch": "This Idempotency-Key was used for another request",
    "cannot-be-done": "This cannot be done as asked",
    "too-many-requests": "Too many requests",
    "internal": "Something broke on our side",
    "unavailable": "The house is not ready right now",
}
_OF_STATUS = {
    400: "bad-request", 401: "unauthorized", 403: "forbidden", 404: "not-found", 405: "method-not-allowed",
    409: "conflict", 413: "too-large", 422: "cannot-be-done", 429: "too-many-requests", 500: "internal",
    503: "unavailable",
}  # fmt: skip


class Problem(Exception):
    """An answer that is an error. `more` are further members of the problem, `headers` of the answer."""

    def __init__(self, status: int, kind: str = "", detail: str = "", headers: dict | None = None, **more):
        super().__init__(detail or kind)
        self.status, self.kind = status, kind or _OF_STATUS.get(status, "internal")
        self.detail, self.more, self.headers = detail, more, headers or {}

    def response(self) -> HttpResponse:
        """The answer."""
        body = {"type": ABOUT + self.kind, "title": TITLES[self.kind], "status": self.status}
        if self.detail:
            body["detail"] = self.detail
        answer = HttpResponse(json.dumps({**body, **self.more}), status=self.status, content_type=CONTENT_TYPE)
        for name, value in self.headers.items():
            answer[name] = value
        return answer


def not_found(detail: str = "It does not exist, or is not yours to see.") -> Problem:
    """The same for what is missing and for what is foreign."""
    return Problem(404, detail=detail)


def unauthorized(detail: str, error: str = "") -> Problem:
    """No key, or one that opens nothing."""
    challenge = 'Bearer realm="Alongside"' + (f', error="{error}"' if error else "")
    return Problem(401, detail=detail, headers={"WWW-Authenticate": challenge})


def insufficient_scope(scope: str) -> Problem:
    """The key is good, but was not made for this."""
    challenge = f'Bearer realm="Alongside", error="insufficient_scope", scope="{scope}"'
    return Problem(403, "insufficient-scope", f"This needs a key with the scope {scope}.", scope=scope,
                   headers={"WWW-Authenticate": challenge})  # fmt: skip


def kind_of(status: int) -> str:
    """The problem that a status alone tells of."""
    return _OF_STATUS.get(status, "internal" if status >= 500 else "bad-request")


def named(status: int) -> tuple[str, str]:
    """The type and the title of what the server itself refuses, before any view is asked."""
    return ABOUT + kind_of(status), TITLES[kind_of(status)]


def of_response(response: HttpResponse) -> HttpResponse:
    """A problem in place of an error page that was meant for people; its challenge and its methods are kept."""
    kind = kind_of(response.status_code)
    kept = {name: response[name] for name in ("Allow", "Retry-After", "WWW-Authenticate") if name in response}
    return Problem(response.status_code, kind, HTTPStatus(response.status_code).description, headers=kept).response()
