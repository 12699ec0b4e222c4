"""Things to do by name: the registry from which the palette offers acts, with the keys that do the same."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from alongside.lib.text import fold


@dataclass(frozen=True)
class Command:
    """One act: its name (may be lazy), where it is done, its icon, its keys, and other words for it."""

    name: str
    url_name: str
    icon: str
    keys: str = ""
    also: str = ""
    args: tuple = ()
    takes: str = ""  # the query parameter that receives the words, where the act is about them
    shown_to: Callable | None = None

    def href(self, request, words: str = "") -> str:
        """Where the act is done."""
        path = reverse(self.url_name, args=self.args)
        return f"{path}?{urlencode({self.takes: words})}" if self.takes and words else path

    def is_open_to(self, request) -> bool:
        """Whether this reader may do it."""
        return self.shown_to is None or self.shown_to(request)

    def fits(self, words: str) -> bool:
        """Whether every one of `words` begins a word of the name or of its other words."""
        if self.takes:
            return bool(words)
        own = fold(f"{self.name} {self.also}").split()
        return all(any(word.startswith(wanted) for word in own) for wanted in fold(words).split())


_commands: list[Command] = []


def add(name, url_name: str, icon: str, **more) -> None:
    """Offer an act in the palette; a second one with the same name and place replaces the first."""
    command = Command(name, url_name, icon, **more)
    _commands[:] = [c for c in _commands if (c.url_name, c.args, c.takes) != (url_name, command.args, command.takes)]
    _commands.append(command)


def matching(request, words: str) -> list[Command]:
    """The acts that fit `words` and are open to this reader, in the order in which they were added."""
    return [c for c in _commands if c.fits(words) and c.is_open_to(request) and _stands(c)]


def by_keys(request) -> list[dict]:
    """The acts that have keys, for the reader of any page: {"keys", "name", "href"}; none for whoever is no member."""
    if not getattr(request, "member", None):
        return []
    return [{"keys": each.keys, "name": each.name, "href": href} for each, href in _with_keys()
            if each.is_open_to(request)]


@cache
def _with_keys() -> list[tuple[Command, str]]:
    """Asked for on every page; acts are added while the house starts, and addresses never change."""
    return [(each, reverse(each.url_name, args=each.args)) for each in _commands if each.keys and _stands(each)]


def _stands(command: Command) -> bool:
    try:
        reverse(command.url_name, args=command.args)
    except NoReverseMatch:
        return False
    return True


def _admin(request) -> bool:
    return request.principal.is_at_least("admin")


add(_("Write to someone"), "conversations:new", "write", keys="c", also=_("new conversation mail compose"))
add(_("Write to “%(words)s”"), "conversations:new", "write", takes="to")
add(_("Search for “%(words)s” in everything"), "search", "search", takes="q")
add(_("Go to the inbox"), "conversations:inbox", "inbox", keys="g i")
for view, name, keys in (
    ("mine", _("What is mine"), "g m"), ("team", _("What is my team's"), "g t"),
    ("unassigned", _("What nobody has taken"), "g u"), ("snoozed", _("What rests until later"), "g z"),
    ("done", _("What is done"), "g d"), ("all", _("Every conversation"), "g a"), ("spam", _("The spam"), ""),
    ("trash", _("The trash"), ""),
):
    add(name, "conversations:view", "inbox", keys=keys, args=(view,), also=_("inbox view list"))
add(_("Go to people"), "people:people", "people", keys="g p")
add(_("Write down someone new"), "people:new", "plus", also=_("add person customer"))
add(_("Write down “%(words)s”"), "people:new", "plus", takes="called")
add(_("Go to products"), "profiles:products", "product", also=_("things articles items"))
add(_("Write down a product"), "profiles:new_product", "plus", also=_("add thing article item"))
add(_("Go to the booths"), "booths:booths", "booth", keys="g b", also=_("side by side shared page together"))
add(_("Go to the lessons"), "knowledge:lessons", "story", keys="g l", also=_("how it is made recipe show teach learn"))
add(_("What was told to me"), "notifications:notifications", "bell", keys="g n", also=_("notifications news"))
add(_("Settings"), "settings", "settings", keys="g s", also=_("preferences signature notifications"))
add(_("How and when to tell me"), "settings_notifications", "bell", also=_("notifications mail browser settings"))
add(_("How it looks"), "settings_look", "day", also=_("theme dark light density"))
add(_("Members and invitations"), "settings_members", "people", also=_("invite colleague"), shown_to=_admin)
add(_("Teams"), "settings_teams", "team", shown_to=_admin)
