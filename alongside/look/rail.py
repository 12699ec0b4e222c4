"""The rail: the list of rooms down the side. A room adds its own entry when the app is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from alongside.lib.tallies import Tally, ask


@dataclass(frozen=True)
class Entry:
    """One door on the rail or in the member's menu."""

    name: str
    url_name: str
    icon: str
    order: int = 50
    wide_only: bool = False
    foot: bool = False
    within: tuple[str, ...] = ()
    shortcut: str = ""
    shown_to: Callable[[HttpRequest], bool] | None = None
    count: Callable[[HttpRequest], Tally | None] | None = None
    only_with_some: bool = False


@dataclass(frozen=True)
class Door:
    """An entry as one request sees it."""

    entry: Entry
    href: str
    current: bool
    count: int


@dataclass(frozen=True)
class Following:
    """Where the rail's fragment is fetched from, and on which live topics."""

    url_name: str
    topics: Callable[[HttpRequest], str]


@dataclass(frozen=True)
class Notice:
    """A quiet line above a list: that something stands still, and where it is mended (for whoever can)."""

    text: str
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class Watch:
    """What a room watches over: `tally` counts what is wrong, and only when there is some, `notices` finds words."""

    tally: Callable[[HttpRequest], Tally | None]
    notices: Callable[[HttpRequest], list[Notice]]


_entries: dict[str, Entry] = {}
_menu: dict[str, Entry] = {}
_following: list[Following] = []
_watches: list[Watch] = []


def add(name, url_name: str, icon: str, order: int = 50, wide_only: bool = False, **more) -> None:
    """Add a room to the rail; `name` may be lazy. A second call for the same `url_name` replaces the first.

    `foot=True` puts it at the lower end, `within` lists path prefixes that also belong to the room,
    `shortcut` is a key sequence such as "g i", `shown_to(request)` says who sees it, and `count(request)` is the
    number on it, or None where there is none; the numbers of all entries are asked for in one query. With
    `only_with_some` there is a door, without its number, as long as that is not 0.
    """
    _entries[url_name] = Entry(name, url_name, icon, order, wide_only, **more)


def add_to_menu(name, url_name: str, icon: str, order: int = 50, **more) -> None:
    """Add an entry to the member's own menu at the foot of the rail."""
    _menu[url_name] = Entry(name, url_name, icon, order, **more)


def watch(tally: Callable[[HttpRequest], Tally | None], notices: Callable[[HttpRequest], list[Notice]]) -> None:
    """Have something watched over on every page; it costs a number in the rail's one query while all is well."""
    if Watch(tally, notices) not in _watches:
        _watches.append(Watch(tally, notices))


def notices(request: HttpRequest) -> list[Notice]:
    """Return what the watches have to say to this reader."""
    if not hasattr(request, "watches_that_saw"):
        _counts([], request)
    return [notice for each in request.watches_that_saw for notice in each.notices(request)]


def follow(url_name: str, topics: Callable[[HttpRequest], str]) -> None:
    """Keep the rail's counts live: refetch the fragment `url_name` when one of `topics(request)` changes."""
    _following[:] = [Following(url_name, topics)]


def doors(request: HttpRequest) -> list[Door]:
    """Return the rail's entries for this request, in order, the current one marked."""
    return _seen(_entries, request)


def menu(request: HttpRequest) -> list[Door]:
    """Return the entries of the member's menu for this request."""
    return _seen(_menu, request)


def following(request: HttpRequest) -> dict[str, str] | None:
    """Return `{"src": …, "topics": …}` when a room keeps the rail live, else None."""
    if not _following or request is None:
        return None
    src = f"{reverse(_following[0].url_name)}?{urlencode({'at': _place(request)})}"
    return {"src": src, "topics": _following[0].topics(request)}


def _place(request: HttpRequest) -> str:
    """The path of the page on which the rail stands; when it is fetched by itself, `at` says so."""
    path = getattr(request, "path", "")
    by_itself = bool(_following) and path == _href(_following[0])
    return request.GET.get("at", path) if by_itself else path


def _seen(entries: dict[str, Entry], request: HttpRequest) -> list[Door]:
    open_entries = [entry for entry in entries.values() if entry.shown_to is None or entry.shown_to(request)]
    hrefs = [(entry, _href(entry)) for entry in sorted(open_entries, key=lambda entry: entry.order)]
    hrefs = [(entry, href) for entry, href in hrefs if href]
    counts = _counts([entry for entry, _ in hrefs], request)
    hrefs = [(entry, href) for entry, href in hrefs if counts.get(entry.url_name) or not entry.only_with_some]
    here = _current([(href, *entry.within) for entry, href in hrefs], _place(request))
    return [
        Door(entry, href, place == here, 0 if entry.only_with_some else counts.get(entry.url_name, 0))
        for place, (entry, href) in enumerate(hrefs)
    ]


def _counts(entries: list[Entry], request: HttpRequest) -> dict[str, int]:
    """The numbers of those entries that have one, by `url_name`; the watches are asked along with the first of them."""
    tallies = {entry.url_name: entry.count(request) for entry in entries if entry.count}
    first = request is not None and not hasattr(request, "watches_that_saw")
    tallies |= {each: each.tally(request) for each in _watches if first}
    tallies = {name: tally for name, tally in tallies.items() if tally}
    numbers = dict(zip(tallies, ask(list(tallies.values())), strict=True))
    if first:
        request.watches_that_saw = [each for each in _watches if numbers.get(each)]
    return numbers


def _href(entry: Entry | Following) -> str | None:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return None


def _current(prefixes: list[tuple[str, ...]], path: str) -> int | None:
    """Return the place of the entry whose prefix of `path` is the longest."""
    best, length = None, 0
    for place, candidates in enumerate(prefixes):
        for prefix in candidates:
            inside = path == prefix or path.startswith(prefix if prefix.endswith("/") else prefix + "/")
            if inside and len(prefix) > length and (prefix != "/" or path == "/"):
                best, length = place, len(prefix)
    return best
