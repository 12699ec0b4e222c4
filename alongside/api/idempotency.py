"""`Idempotency-Key`: a POST that is sent again is answered as the first time, and changes nothing.

The answer is written in the same transaction as what the request changed, so a crash leaves either both or neither. One
with what is shown only once (`shown_once`) is sealed with the caller's own name for the request, which is not kept.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse

from alongside.api.models import IdempotentAnswer
from alongside.api.problems import Problem

LONGEST = 255
LOCKS = 7201  # class of the advisory locks under which one request at a time has a name
_TRY = "SELECT pg_try_advisory_xact_lock(%s, %s)"
REPLAYED = "Idempotency-Replayed"
SEALED = b"gAAAA"  # how every sealed answer begins, and no JSON


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
            return _replayed(known, request, name)
        response = answer()
        if response.status_code >= 500:
            transaction.set_rollback(True)
        else:
            _keep(request, digest, response, name)
        return response


def shown_once(request) -> None:
    """Say that the answer to this request holds something that nobody is shown again."""
    request.is_shown_once = True


def _seal(name: str) -> Fernet:
    key = hashlib.sha256(f"alongside idempotent answer\0{settings.SECRET_KEY}\0{name}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _keep(request, digest: bytes, response, name: str) -> None:
    sealed = getattr(request, "is_shown_once", False)
    IdempotentAnswer.objects.create(
        key=request.api_key, name=digest, request=_print_of(request), status=response.status_code,
        content_type=response["Content-Type"], location=response.get("Location", ""),
        body=_seal(name).encrypt(response.content) if sealed else response.content,
    )  # fmt: skip


def _replayed(known: IdempotentAnswer, request, name: str):
    if bytes(known.request) != _print_of(request):
        raise Problem(422, "idempotency-mismatch", "Take a new Idempotency-Key for a new request.")
    response = HttpResponse(_body_of(known, name), status=known.status, content_type=known.content_type)
    if known.location:
        response["Location"] = known.location
    response[REPLAYED] = "true"
    return response


def _body_of(known: IdempotentAnswer, name: str) -> bytes:
    body = bytes(known.body)
    if not body.startswith(SEALED):
        return body
    try:
        return _seal(name).decrypt(body)
    except InvalidToken:
        raise Problem(409, detail="This was done. What was answered cannot be read any more.") from None


def _print_of(request) -> bytes:
    path = request.get_full_path().encode()
    body = request.upload.digest if request.upload else request.body
    return hashlib.sha256(b"\0".join((request.method.encode(), path, body))).digest()
