"""Answering a request with a page, so that a browser and Turbo understand what became of a form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

UNPROCESSABLE = 422


def answer(request: HttpRequest, template: str, context: dict | None = None, status: int | None = None) -> HttpResponse:
    """Render `template`; with status 422 when a form in `context` was filled in wrongly, so that it is shown again."""
    context = context or {}
    if status is None:
        wrong = any(getattr(value, "is_bound", False) and value.errors for value in context.values())
        status = UNPROCESSABLE if wrong else 200
    return render(request, template, context, status=status)
