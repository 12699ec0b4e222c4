"""A letter in HTML on paper of its own: cleaned by its channel before it was kept, its pictures laid into it here."""

import base64
from dataclasses import dataclass

from markupsafe import Markup

from alongside.conversations.models import Message
from alongside.files.models import File
from alongside.lib.mail.hypertext import ATTRIBUTE, CLEAN_IMAGE

MOST_EMBEDDED = 8 * 1024 * 1024  # bytes of pictures in one letter
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


@dataclass(frozen=True)
class Paper:
    """The HTML to show in a sealed frame, and how many pictures were kept away because they lie elsewhere."""

    html: Markup
    kept_away: int


def on_paper(message: Message) -> Paper:
    """The message's HTML with its own pictures as data, and without those that would be fetched from elsewhere."""
    files = [enclosure.file for enclosure in message.enclosures.select_related("file__blob").order_by("id")]
    kept_away, room = 0, MOST_EMBEDDED

    def picture(found) -> str:
        nonlocal kept_away, room
        if not found[0].startswith("<img"):
            return found[0]
        attributes = dict(ATTRIBUTE.findall(found[0]))
        place, remote = attributes.pop("data-attachment", None), attributes.pop("data-remote", None)
        if remote is not None or attributes.get("src", "data:")[:5].lower() != "data:":
            kept_away += 1
            return f'<span class="away">{attributes.get("alt", "")}</span>'
        if place is None:
            return found[0]
        file = files[int(place)] if place.isdecimal() and int(place) < len(files) else None
        if file is None or file.content_type not in PICTURES or file.size > room:
            return f'<span class="away">{attributes.get("alt", "")}</span>'
        room -= file.size
        return _embedded(file, attributes)

    return Paper(Markup(CLEAN_IMAGE.sub(picture, message.html)), kept_away)


def _embedded(file: File, attributes: dict[str, str]) -> str:
    data = base64.b64encode(file.read()).decode()
    others = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<img src="data:{file.content_type};base64,{data}"{others}>'
