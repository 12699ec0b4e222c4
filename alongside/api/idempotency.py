"""`Idempotency-Key`: a POST that is sent again is answered as the first time, and changes nothing.

The answer is written in the same transaction as what the request changed, so a crash leaves either both or neither.
"""

import hashlib

from django.db import connection, transaction
from django.http import HttpResponse

from alongside.api.models import IdempotentAnswer
from alongside.api.problems import Problem

LONGEST = 255
LOCKS = 7201  # class of the advisory locks under which one request at a time has a name
_TRY = "SELECT pg_try_advisory_xact_lock(%s, %s)"
REPLAYED = "Idempotency-Replayed"


def once(request, answer):
    """What `answer()` responds, or responded when the same request came before. Raises Problem.

    422 for the same name with another request, 409 while the first is being worked on. An answer of 500 or more is
    not kept, and what it did is undone.
    """
    name = request.headers.get("Idempotency-Key")
    if request.method != "POST" or name is None or request.api_key is None:
        return answer()
    if not 0 < len(name) <= LONGEST:
        raise Problem(400, detail=f"An Idempotency-Key has 1 to {LONGEST} characters.")
    digest = hashlib.sha256(f"{request.api_key.id} {name}".encode()).digest()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_TRY, [LOCKS, int.from_bytes(digest[:4], signed=True)])
            if not cursor.fetchone()[0]:
                detail = "Wait for the first answer, then ask again."
                raise Problem(409, "in-flight", detail, headers={"Retry-After": "1"})
        known = IdempotentAnswer.objects.filter(key=request.api_key, name=digest).first()
        if known:
            return _replayed(known, request)
        response = answer()
        if response.status_code >= 500:
            transaction.set_rollback(True)
        else:
            _keep(request, digest, response)
        return response


def _keep(request, digest: bytes, response) -> None:
    IdempotentAnswer.objects.create(
        key=request.api_key, name=digest, request=_print_of(request), status=response.status_code,
        content_type=response["Content-Type"], location=response.get("Location", ""), body=response.content,
    )  # fmt: skip


def _replayed(known: IdempotentAnswer, request):
    if bytes(known.request) != _print_of(request):
        raise Problem(422, "idempotency-mismatch", "Take a new Idempotency-Key for a new request.")
    response = HttpResponse(bytes(known.body), status=known.status, content_type=known.content_type)
    if known.location:
        response["Location"] = known.location
    response[REPLAYED] = "true"
    return response


def _print_of(request) -> bytes:
    path = request.get_full_path().encode()
    body = request.upload.digest if request.upload else request.body
    return hashlib.sha256(b"\0".join((request.method.encode(), path, body))).digest()
