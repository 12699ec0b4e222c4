"""Every icon of the house: one path each, on a grid of 20, stroked, with round ends."""

from markupsafe import Markup, escape

PATHS = {
    # Rooms
    "counter": "M3.5 7h10.5v4.5a4 4 0 0 1-4 4H7.5a4 4 0 0 1-4-4zM14 8.5h1.2a2 2 0 0 1 0 4.3H14"
    "M7 4.5c-.8-.8.6-1.4 0-2.4M10.5 4.5c-.8-.8.6-1.4 0-2.4",
    "inbox": "M3 11.5 5 4.5h10l2 7v4H3zM3 11.5h4a3 3 0 0 0 6 0h4",
    "people": "M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5M2.5 16c.3-3 2.2-4.5 5-4.5s4.7 1.5 5 4.5"
    "M13 4.3a2.6 2.6 0 0 1 0 5M14.7 11.9c1.7.6 2.6 2 2.8 4.1",
    "booth": "M3.5 12.5V6.5A1.5 1.5 0 0 1 5 5h3.5A1.5 1.5 0 0 1 10 6.5v6M10 6.5A1.5 1.5 0 0 1 11.5 5H15"
    "a1.5 1.5 0 0 1 1.5 1.5v6M2 12.5h16M4 12.5V16M16 12.5V16",
    "promise": "M6.5 11.5a3.5 3.5 0 1 1 3.3-4.7M13.5 8.5a3.5 3.5 0 1 1-3.3 4.7M8 11.8l4-3.6",
    "fence": "M4.5 16V6L6 4l1.5 2v10M12.5 16V6L14 4l1.5 2v10M2 8.5h16M2 12.5h16",
    "story": "M10 5.5C8.5 4.3 6 4 3 4.3v10.9c3-.3 5.5 0 7 1.2 1.5-1.2 4-1.5 7-1.2V4.3c-3-.3-5.5 0-7 1.2z"
    "M10 5.5v10.9",
    "search": "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M13 13l4 4",
    "settings": "M3 6h8M15 6h2M3 14h2M9 14h8M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4M7 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
    "post": "M3 16V8.5a3.5 3.5 0 0 1 7 0V16zM6.5 5H13a4 4 0 0 1 4 4v7h-7M13.5 5.1V2.8H16",
    "product": "M3.5 6.5 10 3l6.5 3.5v7L10 17l-6.5-3.5zM3.5 6.5 10 10l6.5-3.5M10 10v7",
    "house": "M3.5 9.5 10 4l6.5 5.5M5 8.5V16h10V8.5",
    "building": "M4 17V3.5h8V17M12 8h4v9M2.5 17h15M7 7h2M7 10h2M7 13h2",
    # Doors
    "mail": "M3 5h14v10H3zM3 5.5l7 5.5 7-5.5",
    "chat": "M3 4h14v9.5H9L5.5 16.5v-3H3z",
    "phone": "M6.5 3 8.3 6.8 6.8 8.5c.9 2 2.6 3.7 4.7 4.7l1.7-1.5L17 13.5c0 2-1.3 3.5-3.3 3.5C8 16.6 3.4 12 3 6.3"
    " 3 4.3 4.5 3 6.5 3z",
    "code": "M7 6l-4 4 4 4M13 6l4 4-4 4",
    "globe": "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M3 10h14M10 3c2.2 2 3.2 4.3 3.2 7s-1 5-3.2 7"
    "c-2.2-2-3.2-4.3-3.2-7S7.8 5 10 3",
    # Who
    "person": "M10 10a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 10 10M4 17c.3-3.4 2.6-5 6-5s5.7 1.6 6 5",
    "team": "M10 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M5.5 16c.3-3 2-4.5 4.5-4.5s4.2 1.5 4.5 4.5"
    "M4.4 9a1.9 1.9 0 1 1 .5-3.7M1.8 14.2c.1-1.9.8-3.1 2.2-3.5M15.6 9a1.9 1.9 0 1 0-.5-3.7M18.2 14.2"
    "c-.1-1.9-.8-3.1-2.2-3.5",
    "mention": "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0M13 7.2v4a2 2 0 0 0 4 0V10a7 7 0 1 0-2.8 5.6",
    "card": "M2.5 5h15v10.5h-15zM2.5 8.5h15M5 12.5h3",
    # Writing and sending
    "write": "M4 16l.8-3.5L13.5 3.8l2.7 2.7L7.5 15.2zM11.7 5.6l2.7 2.7",
    "send": "M10 16V4M5 9l5-5 5 5",
    "later": "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5",
    "attach": "M15.5 9.5 10 15a3.5 3.5 0 0 1-5-5l6-6a2.3 2.3 0 0 1 3.3 3.3l-6 6a1.2 1.2 0 0 1-1.7-1.7L12 6.5",
    "note": "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9",
    "saved": "M5.5 3.5h9V17L10 13.6 5.5 17z",
    "reply": "M8 5 3.5 9.5 8 14M3.5 9.5H12a4.5 4.5 0 0 1 4.5 4.5v1.5",
    "reply-all": "M6.5 5 2 9.5 6.5 14M10.5 5 6 9.5l4.5 4.5M6 9.5h7a4.5 4.5 0 0 1 4.5 4.5v1.5",
    "forward": "M12 5l4.5 4.5L12 14M16.5 9.5H8A4.5 4.5 0 0 0 3.5 14v1.5",
    "quote": "M4 5.5v9M7.5 6h9M7.5 10h9M7.5 14h5",
    # What is done with a conversation
    "done": "M4 10.5 8 14.5 16 5.5",
    "reopen": "M4.5 10a5.5 5.5 0 1 0 1.7-4L4.3 7.8M4.3 4.2v3.6h3.6",
    "snooze": "M15.5 12.3A6.5 6.5 0 0 1 7.7 4.5a6.5 6.5 0 1 0 7.8 7.8z",
    "hand-over": "M3 7h11M11 4l3 3-3 3M17 13H6M9 10l-3 3 3 3",
    "tag": "M3.5 4.5v5l7 7 6-6-7-7h-5a1 1 0 0 0-1 1zM7 7h.01",
    "star": "M10 3.2l2.1 4.3 4.7.7-3.4 3.3.8 4.7-4.2-2.2-4.2 2.2.8-4.7-3.4-3.3 4.7-.7z",
    "priority": "M5 17V3.5M5 4h10l-2.2 3.5L15 11H5",
    "spam": "M7 3h6l4 4v6l-4 4H7l-4-4V7zM10 6.6v4M10 13.3h.01",
    "block": "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M5.2 5.2l9.6 9.6",
    "trash": "M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v4.5M11.5 9v4.5",
    "merge": "M5 3.5c0 4 5 4 5 8.5v4.5M15 3.5c0 4-5 4-5 8.5M7.5 14l2.5 2.5 2.5-2.5",
    "split": "M10 16.5V13c0-4-5-4-5-8.5M10 13c0-4 5-4 5-8.5M2.8 6.5 5 4l2.2 2.5M12.8 6.5 15 4l2.2 2.5",
    "undo": "M7.5 4 4 7.5 7.5 11M4 7.5h8a4 4 0 0 1 0 8H8",
    "unread": "M16.9 9V15H3V5h9M3 5.5l7 5.5 2.8-2.2M16 6.6a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2",
    "moment": "M10 3v3M10 14v3M3 10h3M14 10h3M5 5l2 2M13 13l2 2M15 5l-2 2M7 13l-2 2",
    "usual": "M4 9.5h12V16H4zM6 9.5 7 4h6l1 5.5M9 12.7h2",
    "mood-calm": "M2.5 8c2.5-2 5-2 7.5 0s5 2 7.5 0M2.5 13c2.5-2 5-2 7.5 0s5 2 7.5 0",
    "mood-low": "M6 11.5a3 3 0 0 1 .4-6 4 4 0 0 1 7.5.8 2.7 2.7 0 0 1 .1 5.2zM7 14l-.6 2M10 14l-.6 2M13 14l-.6 2",
    "mood-agitated": "M2.5 11.5h2.5l2-6.5 3.2 10.5 2.6-8 1.7 4h3",
    # Controls
    "back": "M12 4.5 6.5 10l5.5 5.5",
    "next": "M8 4.5 13.5 10 8 15.5",
    "open": "M5 8l5 5 5-5",
    "down": "M10 4v12M5 11l5 5 5-5",
    "more": "M4.5 10.4a.4.4 0 1 0 0-.8.4.4 0 0 0 0 .8M10 10.4a.4.4 0 1 0 0-.8.4.4 0 0 0 0 .8"
    "M15.5 10.4a.4.4 0 1 0 0-.8.4.4 0 0 0 0 .8",
    "close": "M5.5 5.5l9 9M14.5 5.5l-9 9",
    "check": "M4 10.5 8 14.5 16 5.5",
    "plus": "M10 4v12M4 10h12",
    "list": "M4 6h12M4 10h12M4 14h12",
    "filter": "M3.5 6h13M6 10h8M8.5 14h3",
    "copy": "M7 7V3.5h9.5V13H13M3.5 7H13v9.5H3.5z",
    "link": "M8.5 11.5l3-3M9 6.5l1.7-1.7a3.2 3.2 0 0 1 4.5 4.5L13.5 11M11 13.5l-1.7 1.7a3.2 3.2 0 0 1-4.5-4.5L6.5 9",
    "elsewhere": "M8 5H4.5v10.5H15V12M11 4.5h4.5V9M15 5l-6.5 6.5",
    "out": "M8 4H4v12h4M8.5 10H17M14 7l3 3-3 3",
    "download": "M10 3.5v9.5M6 9l4 4 4-4M4 16.5h12",
    "upload": "M10 13V3.5M6 7.5l4-4 4 4M4 16.5h12",
    "keyboard": "M2.5 5h15v10h-15zM5.5 8h.01M8.5 8h.01M11.5 8h.01M14.5 8h.01M6.5 12h7",
    # Things
    "file": "M5 3h6.5L15 6.5V17H5zM11.5 3v3.5H15",
    "image": "M3 4.5h14v11H3zM3 13l4-4 3.7 3.7 2.1-2.1L17 14.5M12.8 7.8h.01",
    "laptop": "M4 5h12v8.5H4zM2 16h16",
    "key": "M6.5 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M10 10h7.5v3M14.3 10v2.3",
    "shield": "M10 3l6 2v5c0 3.6-2.5 5.8-6 7-3.5-1.2-6-3.4-6-7V5z",
    "bell": "M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13zM8.5 17h3",
    "clock": "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M10 6v4l2.7 1.6",
    "eye": "M2 10c2-3.5 4.7-5.2 8-5.2s6 1.7 8 5.2c-2 3.5-4.7 5.2-8 5.2S4 13.5 2 10z"
    "M10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6",
    "warning": "M10 3.5 17.5 16.5h-15zM10 8.5v3.7M10 14.3h.01",
    "info": "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M10 9.3V14M10 6.4h.01",
    "help": "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M8 8.2a2 2 0 1 1 2.8 1.8c-.5.2-.8.6-.8 1.2v.3M10 14h.01",
    "day": "M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6M10 2.5v1.8M10 15.7v1.8M2.5 10h1.8M15.7 10h1.8M4.7 4.7 6 6"
    "M14 14l1.3 1.3M15.3 4.7 14 6M6 14l-1.3 1.3",
    "device": "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M10 3v14M10 6.5l6 3.5M10 10l5.5 4",
}

# Other words for the same drawing, so that a template may name the act
ALIASES = {
    "assign": "hand-over",
    "chevron": "next",
    "dark": "snooze",
    "edit": "write",
    "find": "search",
    "flag": "priority",
    "light": "day",
    "lock": "note",
    "menu": "list",
    "refresh": "reopen",
}

# Drawings that point along the line of reading, and so turn with it
TURNING = frozenset(
    "back next forward reply reply-all hand-over undo out elsewhere quote".split()
)


def icon(name: str, size: str | None = None, label: str | None = None, turns: bool | None = None) -> Markup:
    """Return the icon as inline SVG.

    `size` is "s" (16), None (20) or "l" (28). Without a `label` the drawing is hidden from assistive
    technology, because a word stands beside it. `turns` overrides whether it is mirrored right to left.
    An unknown name is a KeyError: a missing icon is a fault of the template.
    """
    name = ALIASES.get(name, name)
    path = PATHS[name]
    if turns is None:
        turns = name in TURNING
    voice = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    size_mark = f' data-size="{escape(size)}"' if size else ""
    turn_mark = " data-turns" if turns else ""
    return Markup(f'<svg class="icon"{size_mark}{turn_mark} viewBox="0 0 20 20" {voice}><path d="{path}"/></svg>')


MARK = (
    '<svg class="mark" viewBox="0 0 32 32" {voice}>'
    '<path class="yours" d="M14.5 2.5a13.5 13.5 0 0 0 0 27z"/>'
    '<path class="ours" d="M17.5 2.5a13.5 13.5 0 0 1 0 27z"/></svg>'
)


def mark(label: str | None = None) -> Markup:
    """Return the mark of the house, two seats at one table; named by `label` or hidden."""
    voice = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(MARK.format(voice=voice))
