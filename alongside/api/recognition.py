"""Who asks: the API key in `Authorization: Bearer …`, and the member for whom it acts."""

from dataclasses import replace

from alongside.api.problems import insufficient_scope, unauthorized
from alongside.api.queries import refuse_unknown
from alongside.keys.models import Key
from alongside.lib.principal import ANONYMOUS, Principal
from alongside.members.models import Member

LONGEST = 200


def recognise(request) -> None:
    """Put `principal`, `member` and `api_key` on an API request. A session says nothing here; only a key does."""
    request.principal, request.member, request.api_key = ANONYMOUS, None, None
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not 0 < len(token) <= LONGEST:
        return
    key = Key.objects.find(token, "api")
    member = _member_behind(key) if key else None
    if member is None:
        return
    key.touch()
    request.api_key, request.member = key, member
    request.principal = replace(_principal(member), scopes=frozenset(key.scopes))


def _member_behind(key: Key) -> Member | None:
    person_id = key.subject_id or key.issued_by_id
    return Member.objects.select_related("person").filter(person_id=person_id, is_active=True).first()


def _principal(member: Member) -> Principal:
    return replace(member.principal(), kind="key", session_key=None)


class Needs:
    """What an operation asks of a key: any living one, or one with a scope. Django Ninja calls it."""

    def __init__(self, scope: str = ""):
        self.scope = scope

    def __call__(self, request) -> Principal:
        """The principal; raises the problem 401 without a living key, 403 without the scope."""
        if request.api_key is None:
            given = "Authorization" in request.headers
            raise unauthorized(
                "This key opens nothing (any more)." if given else "Send an API key as “Authorization: Bearer …”.",
                "invalid_token" if given else "",
            )
        if self.scope and self.scope not in request.principal.scopes:
            raise insufficient_scope(self.scope)
        refuse_unknown(request)
        return request.principal
