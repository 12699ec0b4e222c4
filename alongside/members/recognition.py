"""Recognises who stands behind a connection that Django's middleware does not see."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from alongside.lib.principal import ANONYMOUS, Principal
from alongside.members.models import Member


def principal_of_scope(scope: dict) -> Principal:
    """The principal of an ASGI scope, by its session cookie; ANONYMOUS for none, a wrong or an ended one.

    Reads the database: call it in a thread.
    """
    cookies = SimpleCookie()
    try:
        for name, value in scope.get("headers", ()):
            if name == b"cookie":
                cookies.load(value.decode("latin-1"))
    except CookieError:
        return ANONYMOUS
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    return principal_of_session(morsel.value) if morsel else ANONYMOUS


def principal_of_session(session_key: str) -> Principal:
    """The principal of a session, or ANONYMOUS when the session has ended or its password has changed since."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    member_id = store.get(SESSION_KEY)
    member = Member.objects.filter(id=member_id, is_active=True).first() if member_id else None
    if not _is_of(member, store):
        return ANONYMOUS
    return member.principal(session_key)


def members_of_sessions(session_keys: list[str]) -> dict[str, int]:
    """Of those sessions the ones that still last: session → the member's id. Two queries, however many they are."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    lasting = store.get_model_class().objects.filter(session_key__in=session_keys, expire_date__gt=timezone.now())
    held = {session.session_key: store.decode(session.session_data) for session in lasting}
    ids = {str(content[SESSION_KEY]) for content in held.values() if SESSION_KEY in content}
    members = {str(member.pk): member for member in Member.objects.filter(id__in=ids, is_active=True)}
    return {key: members[content[SESSION_KEY]].pk for key, content in held.items()
            if _is_of(members.get(content.get(SESSION_KEY)), content)}


def _is_of(member: Member | None, content) -> bool:
    """Whether what a session holds is still this member's: the password may have changed since."""
    return member is not None and constant_time_compare(content.get(HASH_SESSION_KEY, ""),
                                                        member.get_session_auth_hash())
