"""Who a session belongs to, fetched in one query with all that a page needs of its reader."""

from functools import lru_cache

from allauth.account.auth_backends import AuthenticationBackend

from alongside.lib.kept import Kept, slot
from alongside.members.models import Member


class Backend(AuthenticationBackend):
    """Sign-in by mail and password as allauth does it; a member who has left is nobody."""

    def get_user(self, user_id):
        """The active member with that id, or None."""
        return _arriving().first(user_id)


@lru_cache
def _arriving() -> Kept:
    return Kept(Member.objects.arriving().filter(pk=slot(0)))
