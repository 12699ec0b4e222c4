"""Recognises who stands behind a connection that Django's middleware does not see."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
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
    if member is None or not constant_time_compare(store.get(HASH_SESSION_KEY, ""), member.get_session_auth_hash()):
        return ANONYMOUS
    return member.principal(session_key)
