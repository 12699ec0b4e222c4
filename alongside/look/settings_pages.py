"""The list beside every settings page: a room adds its own pages when the app is ready."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

# The groups in their order, with their headings; "you" is about the reader, the others about the house.
GROUPS = {"you": _("You"), "house": _("The house"), "conversations": _("Conversations"), "doors": _("Ways in")}


@dataclass(frozen=True)
class Page:
    """One settings page: its name (may be lazy), its view, and who is shown it."""

    name: str
    url_name: str
    icon: str
    group: str
    order: int
    shown_to: Callable[[HttpRequest], bool] | None


@dataclass
class Section:
    """A group of pages as one request sees it; `pages` are (page, href, is the current one)."""

    name: str
    pages: list[tuple[Page, str, bool]] = field(default_factory=list)


_pages: dict[str, Page] = {}


def add(name, url_name: str, icon: str, group: str = "house", order: int = 50, shown_to=None) -> None:
    """Add a page to the list; a second call for the same `url_name` replaces the first.

    `group` is one of GROUPS. `shown_to(request)` hides it from those who may not open it; the view itself still
    refuses them.
    """
    if group not in GROUPS:
        raise ValueError(f"there is no group {group!r} of settings")
    _pages[url_name] = Page(name, url_name, icon, group, order, shown_to)


def sections(request: HttpRequest) -> list[Section]:
    """Return the groups with the pages that this reader may open, in order, the current page marked."""
    found = {group: Section(name) for group, name in GROUPS.items()}
    places = []
    for page in sorted(_pages.values(), key=lambda page: page.order):
        href = _href(page, request)
        if href:
            places.append((page, href))
    current = max((href for page, href in places if _is_within(request.path, href)), key=len, default=None)
    for page, href in places:
        found[page.group].pages.append((page, href, href == current))
    return [section for section in found.values() if section.pages]


def _is_within(path: str, href: str) -> bool:
    return path == href or path.startswith(href + "/")


def _href(page: Page, request: HttpRequest) -> str | None:
    if page.shown_to is not None and not page.shown_to(request):
        return None
    try:
        return reverse(page.url_name)
    except NoReverseMatch:
        return None
