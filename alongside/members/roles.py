"""Roles, what each may do to whom, and the words for them."""

from django.utils.translation import gettext_lazy as _

from alongside.lib.principal import ROLES, Principal

WORDS = {"member": _("Member"), "lead": _("Lead"), "admin": _("Admin"), "owner": _("Owner")}
ABOUT = {
    "member": _("Answers people in the inboxes of their teams."),
    "lead": _("Also chooses who is in the teams they belong to."),
    "admin": _("Also invites members, sets up inboxes, teams and API keys, and sees every inbox."),
    "owner": _("Also makes other owners. There is always at least one."),
}


def givable(giver: Principal) -> tuple[str, ...]:
    """The roles that `giver` may give to somebody: an owner any, an admin up to admin, others none."""
    if giver.is_at_least("owner"):
        return ROLES
    return ROLES[: ROLES.index("admin") + 1] if giver.is_at_least("admin") else ()


def invitable(giver: Principal) -> tuple[str, ...]:
    """The roles somebody may be invited to; an owner is made from a member, never invited."""
    return tuple(role for role in givable(giver) if role != "owner")


def may_govern(giver: Principal, member) -> bool:
    """True when `giver` may change `member`'s role or membership: what they hold must be theirs to give."""
    return member.role in givable(giver)
