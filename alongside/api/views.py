"""The API's description, for programs and for people, and the answer where there is nothing."""

from functools import cache

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from alongside.api import problems
from alongside.api.root import api
from alongside.keys.models import SCOPES
from alongside.lib.access import open_to_all


@cache
def _description() -> dict:
    return api.get_openapi_schema()


@require_safe
@open_to_all
def openapi(request):
    """The description as OpenAPI; it holds no data, so anyone may read it."""
    return JsonResponse(_description())


@require_safe
@open_to_all
def docs(request):
    """The same, to be read by people."""
    operations = [
        {"method": method.upper(), "path": path, **about}
        for path, methods in _description()["paths"].items()
        for method, about in methods.items()
    ]
    shapes = _description()["components"]["schemas"]
    return render(request, "api/docs.html", {
        "operations": operations, "shapes": shapes, "scopes": SCOPES, "problems": problems.TITLES,
    })  # fmt: skip


@csrf_exempt
@open_to_all
def nothing(request, rest: str):
    """There is no such resource."""
    return problems.not_found("There is no such resource. See /api/v1/openapi.json.").response()
