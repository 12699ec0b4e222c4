"""A letter in HTML on paper of its own: cleaned by its channel before it was kept, its pictures laid into it here."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from alongside.conversations.models import Message
from alongside.lib.mail.hypertext import ATTRIBUTE, CLEAN_IMAGE

MOST_EMBEDDED = 8 * 1024 * 1024  # bytes of pictures in one letter
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


@dataclass(frozen=True)
class Paper:
    """The HTML to show in a sealed frame, and how many pictures were kept away because they lie elsewhere."""

    html: Markup
    kept_away: int


def on_paper(message: Message, addresses: Sequence[str] = ()) -> Paper:
    """The message's HTML with its own pictures as data; those from elsewhere come from `addresses`, or not at all.

    `addresses` are of ours, one for each of the first pictures that lie elsewhere, in order (`pictures.py`).
    """
    files = [enclosure.file for enclosure in message.enclosures.select_related("file__blob").order_by("id")]
    kept_away, room, ours = 0, MOST_EMBEDDED, iter(addresses)

    def picture(found) -> str:
        nonlocal kept_away, room
        if not found[0].startswith("<img"):
            return found[0]
        attributes = dict(ATTRIBUTE.findall(found[0]))
        place, remote = attributes.pop("data-attachment", None), attributes.pop("data-remote", None)
        address = next(ours, None) if remote is not None else None
        if address:
            return _image(address, attributes)
        if remote is not None or attributes.get("src", "data:")[:5].lower() != "data:":
            kept_away += 1
            return f'<span class="away">{attributes.get("alt", "")}</span>'
        if place is None:
            return found[0]
        file = files[int(place)] if place.isdecimal() and int(place) < len(files) else None
        if file is None or file.content_type not in PICTURES or file.size > room:
            return f'<span class="away">{attributes.get("alt", "")}</span>'
        room -= file.size
        return _image(f"data:{file.content_type};base64,{base64.b64encode(file.read()).decode()}", attributes)

    return Paper(Markup(CLEAN_IMAGE.sub(picture, message.html)), kept_away)


def _image(src: str, attributes: dict[str, str]) -> str:
    others = "".join(f' {name}="{value}"' for name, value in attributes.items() if name != "src")
    return f'<img src="{escape(src)}"{others}>'
