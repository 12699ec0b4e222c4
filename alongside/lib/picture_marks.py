"""The marks by which a composer's text shows a picture: `![name](file:ID)`."""

import re

MARK = re.compile(r"!\[([^\]\n]{0,200})\]\(file:(\d{1,18})\)")


def images(text: str) -> list[int]:
    """The ids of the files that `text` shows as pictures, in order."""
    return [int(found[2]) for found in MARK.finditer(text)]


def in_words(text: str) -> str:
    """`text` where no picture can be shown: each stands as its name, `[name]`."""
    if "](file:" not in text:
        return text
    return MARK.sub(lambda found: f"[{found[1] or 'picture'}]", text)
