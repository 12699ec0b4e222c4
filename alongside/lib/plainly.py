"""Answers of the server itself, outside any page: a status and a sentence that says what to do, as page or JSON."""

import base64
import hashlib
import json
from collections.abc import Callable
from html import escape
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

STYLE = (
    "body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.5rem}"
    "h1{font-size:1.375rem}"
)
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest())
HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; style-src 'sha256-%s'; frame-ancestors 'none'" % STYLE_HASH),
)
PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
{refresh}<meta name="color-scheme" content="light dark"><title>{title}</title>
<style>{style}</style>
<h1>{title}</h1><p>{words}</p></html>
"""
_NAMED: dict[str, Callable[[int], tuple[str, str]]] = {}


def name_problems(prefix: str, named: Callable[[int], tuple[str, str]]) -> None:
    """Below `prefix`, `named(status)` says the type and the title of a problem, as it does where views answer."""
    _NAMED[prefix] = named


def _named(scope, status: int) -> tuple[str, str]:
    for prefix, named in _NAMED.items():
        if scope["path"].startswith(prefix):
            return named(status)
    return "about:blank", HTTPStatus(status).phrase


def header(scope, name: bytes) -> str:
    """The value of a request's header, or an empty string."""
    return next((value.decode("latin-1") for key, value in scope.get("headers", ()) if key == name), "")


def language_of(scope) -> str:
    """The language to answer in, by what the browser asks for."""
    for wanted, _weight in parse_accept_lang_header(header(scope, b"accept-language").lower()):
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def wants_json(scope) -> bool:
    """Whether a program asked rather than someone reading."""
    return scope["path"].startswith("/api/") or "text/html" not in header(scope, b"accept")


def answer(scope, status: int, words, retry_after: int | None = None) -> tuple[list, bytes]:
    """The headers and the body that say `words` (text, lazy or a function that makes it) with `status`.

    JSON is problem+json (RFC 9457). A page that was only read asks again by itself after `retry_after` seconds.
    """
    with translation.override(language_of(scope)):
        words = str(words() if callable(words) else words)
        if wants_json(scope):
            kind = b"application/problem+json"
            type_, title = _named(scope, status)
            body = json.dumps({"type": type_, "title": title, "status": status, "detail": words}).encode()
        else:
            kind, body = b"text/html; charset=utf-8", _page(scope, status, words, retry_after).encode()
    headers = [*HEADERS, (b"content-type", kind), (b"content-length", str(len(body)).encode())]
    if retry_after:
        headers.append((b"retry-after", str(retry_after).encode()))
    return headers, body


def _page(scope, status: int, words: str, retry_after: int | None) -> str:
    again = retry_after and scope["method"] in ("GET", "HEAD")
    return PAGE.format(
        style=STYLE,
        language=translation.get_language(),
        direction="rtl" if translation.get_language_bidi() else "ltr",
        refresh=f'<meta http-equiv="refresh" content="{retry_after}">' if again else "",
        title=escape(_("Just a moment") if status == 503 else _("That did not work")),
        words=escape(words),
    )


async def say(scope, send, status: int, words, retry_after: int | None = None) -> None:
    """Answer a request with `status` and `words` (see `answer`)."""
    headers, body = answer(scope, status, words, retry_after)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def problem(status: int, words: str, **more) -> HttpResponse:
    """A view's answer to a program: problem+json (RFC 9457) that says in `words` what to do; `more` are its members."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": words, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")
