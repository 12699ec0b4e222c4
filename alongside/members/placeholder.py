"""The owner of a house that nobody has moved into yet."""

from django.utils.translation import gettext as _

from alongside.members.models import Member

# No mail reaches a name under .invalid (RFC 2606), and nobody can sign in with it: it has no password.
ADDRESS = "owner@alongside.invalid"


def make_placeholder() -> Member:
    """An owner without a name of their own, for the first sign-in link to open to."""
    return Member.welcome(email=ADDRESS, called=_("Owner"), role="owner")


def is_placeholder(member: Member) -> bool:
    """True until the owner has said who they are."""
    return member.email == ADDRESS
