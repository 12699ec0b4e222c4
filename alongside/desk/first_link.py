"""The first way in: a one-time link for the owner, printed at the start to whoever sits at the machine."""

import sys

from alongside.desk.joining.links import make_link
from alongside.members.models import Member
from alongside.members.placeholder import make_placeholder


def the_owner() -> Member:
    """Whoever owns the house; one without an owner gets one, who says at the first sign-in who they are."""
    owners = Member.objects.select_related("person").filter(role="owner", is_active=True).order_by("demo", "id")
    return owners.first() or make_placeholder()


def first_link() -> str | None:
    """A fresh sign-in link for the owner; None once the owner has a password and no demo lives here."""
    owner = the_owner()
    if owner.has_usable_password() and not demo_lives_here():
        return None
    return make_link(owner)


def demo_lives_here() -> bool:
    """True while members of the demo are in the house."""
    return Member.objects.filter(demo=True, is_active=True).exists()


def sign_in_link(email: str) -> str:
    """A one-time link for the member who signs in with `email`, for someone locked out.

    Raises Member.DoesNotExist when no active member does.
    """
    return make_link(Member.objects.select_related("person").get(email__iexact=email.strip(), is_active=True))


def print_first_link(out=None) -> None:
    """Print the link and, in the demo, who else is here; nothing when the owner can sign in by themself."""
    out = out or sys.stdout
    link = first_link()
    if link:
        print(f"Come in (once, within the hour): {link}", file=out)
    members = Member.objects.filter(demo=True, is_active=True).select_related("person").order_by("id")
    if members:
        names = ", ".join(f"{member.name} ({member.email})" for member in members)
        print(f"In the demo there are also: {names}", file=out)
        print("To see it as one of them: alongside sign-in ADDRESS", file=out)
    out.flush()
