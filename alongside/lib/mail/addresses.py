"""Address lists as mail has them: names, comments, groups, encoded words; one pass, never raises."""

import re

from alongside.lib.mail import charsets, words

MAX_ADDRESSES = 500
MAX_LENGTH = 320
MAX_NAME = 300
ROUTE = re.compile(r"^@[^:]*:")
SPECIAL = re.compile(r'["(<>,:;]')


class _Reader:
    """The state of one pass over an address list."""

    def __init__(self, text: str):
        self.text = text
        self.found: list[dict[str, str]] = []
        self.phrase: list[str] = []
        self.comments: list[str] = []
        self.address: str | None = None

    def read(self) -> list[dict[str, str]]:
        at = 0
        text = self.text
        while at < len(text) and len(self.found) < MAX_ADDRESSES:
            special = SPECIAL.search(text, at)
            if special is None:
                self._plain(text[at:])
                break
            self._plain(text[at : special.start()])
            at = self._special(special[0], special.end())
        self._end_of_one()
        return self.found[:MAX_ADDRESSES]

    def _plain(self, piece: str) -> None:
        if piece.strip():
            self.phrase.append(piece)

    def _special(self, mark: str, at: int) -> int:
        if mark == '"':
            inside, at = _quoted(self.text, at)
            self.phrase.append(("\x01" if self._local_part_follows(at) else "") + inside)
        elif mark == "(":
            inside, at = _comment(self.text, at)
            self.comments.append(words.decode_words(inside))
        elif mark == "<":
            at = self._angle(at)
        elif mark == ":" and self.address is None:
            self.phrase, self.comments = [], []
        elif mark in ",;":
            self._end_of_one()
        return at

    def _local_part_follows(self, at: int) -> bool:
        return self.text[at : at + 1] == "@"

    def _angle(self, at: int) -> int:
        end = self.text.find(">", at)
        comma = self.text.find("<", at)
        if end < 0 or -1 < comma < end:
            end = min(position for position in (end, comma, len(self.text)) if position >= 0)
        inside = self.text[at:end]
        while "(" in inside:
            head, _, rest = inside.partition("(")
            comment, after = _comment(rest, 0)
            self.comments.append(words.decode_words(comment))
            inside = head + rest[after:]
        self.address = inside
        return end + (1 if self.text[end : end + 1] == ">" else 0)

    def _end_of_one(self) -> None:
        address = self.address
        if address is None:
            joined = "".join(self.phrase)
            address = joined.replace("\x01", "") if "@" in joined else ""
            self.phrase = [] if address else self.phrase
        address = ROUTE.sub("", "".join(address.split()))
        name = words.decode_words(_phrase(self.phrase)).strip()
        comments = " ".join(comment.strip() for comment in self.comments if comment.strip())
        if comments:
            name = f"{name} ({comments})" if name else comments
        if address or name:
            self.found.append({"name": name[:MAX_NAME], "address": charsets.tidy(address)[:MAX_LENGTH]})
        self.phrase, self.comments, self.address = [], [], None


def _phrase(pieces: list[str]) -> str:
    """Pieces of a display name in a row, single spaces between them."""
    return " ".join(piece.strip(" \t\r\n\x01") if piece.strip() else piece for piece in pieces)


def _quoted(text: str, at: int) -> tuple[str, int]:
    """The inside of a quoted string that opened before `at`, and where it ends."""
    inside = []
    while at < len(text):
        letter = text[at]
        if letter == "\\" and at + 1 < len(text):
            at += 1
            inside.append(text[at])
        elif letter == '"':
            return "".join(inside), at + 1
        else:
            inside.append(letter)
        at += 1
    return "".join(inside), at


def _comment(text: str, at: int) -> tuple[str, int]:
    """The inside of a comment that opened before `at`, nested ones with it, and where it ends."""
    depth, inside = 1, []
    while at < len(text):
        letter = text[at]
        if letter == "\\" and at + 1 < len(text):
            at += 1
            letter = text[at]
        elif letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if not depth:
                return "".join(inside), at + 1
        inside.append(letter)
        at += 1
    return "".join(inside), at


def read(value: bytes, charset: str | None = None) -> list[dict[str, str]]:
    """Every address of the header's value as {"name", "address"}; groups are opened; either may be empty."""
    return _Reader(words.raw_text(value, charset).replace("\x01", "")).read()


def first(value: bytes | None, charset: str | None = None) -> dict[str, str] | None:
    """The first entry that has an address, else the first one, else None."""
    found = read(value, charset) if value else []
    return next((entry for entry in found if "@" in entry["address"]), found[0] if found else None)
