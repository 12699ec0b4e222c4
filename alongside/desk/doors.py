"""The doors on the rail: which rooms a member walks into, in what order, and what keeps their counts live."""

from django.utils.translation import gettext_lazy as _

from alongside.conversations import listing
from alongside.lib.tallies import Tally
from alongside.look import rail
from alongside.notifications import telling


def put_up() -> None:
    """Put every room that members enter on the rail. Called once, when the app is ready."""
    rail.add(_("Counter"), "counter:counter", "counter", order=10, within=("/counter",), shortcut="g c")
    rail.add(_("Inbox"), "conversations:inbox", "inbox", order=20, within=("/conversations",), shortcut="g i",
             count=waiting_for_me)
    rail.add(_("People"), "people:people", "people", order=30, within=("/products",), shortcut="g p")
    rail.add(_("Booths"), "booths:booths", "booth", order=40, wide_only=True, shortcut="g b")
    rail.add(_("News"), "notifications:notifications", "bell", order=80, foot=True, shortcut="g n", count=unseen)
    rail.follow("desk:rail", topics)


def waiting_for_me(request) -> Tally | None:
    """How many open conversations wait for this member."""
    return listing.tally(request.principal, "mine") if request.principal.serves else None


def unseen(request) -> Tally | None:
    """How much was told to this member and not looked at yet; None where they wish for no such number."""
    return telling.unseen(request.member) if request.member and request.member.notify_page else None


def topics(request) -> str:
    """The live topics on which the rail's counts depend."""
    return f"member:{request.principal.member_id}"
