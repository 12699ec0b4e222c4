"""What the palette shows of things said or written."""

from dataclasses import dataclass

from django.urls import reverse

from alongside.search.finding import Hit, find
from alongside.search.models import FILE, NOTE

ICONS = {NOTE: "note", FILE: "file"}


@dataclass(frozen=True)
class Option:
    """One line: where it leads, a drawing, the words, a hint beside them."""

    href: str
    icon: str
    words: str
    hint: str = ""
    keys: str = ""


def options(principal, words: str, limit: int = 6) -> list[Option]:
    """Up to `limit` messages, notes and files for `words`; none for a filter that means nothing."""
    return [_option(hit) for hit in find(principal, words, limit, with_people=False).hits]


def _option(hit: Hit) -> Option:
    words = hit.file or "".join(piece for piece, _found in hit.snippet)
    return Option(place_of(hit), ICONS.get(hit.kind, "mail"), words, hit.person or hit.author)


def place_of(hit: Hit) -> str:
    """Where the thing stands: its message in its conversation."""
    return f"{reverse('conversations:conversation', args=[hit.conversation_id])}#message-{hit.message_id}"
