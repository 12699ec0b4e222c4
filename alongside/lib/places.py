"""Reads a small YAML file field by field; what is wrong is told with its line, its column and where it belongs."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.utils.text import slugify

MOST_BYTES = 256 * 1024


class BadFile(Exception):
    """The file is not what it should be; the text names the file, the place and what it belongs to."""


@dataclass
class Place:
    """A node of the file, what it belongs to ("question 'voice'"), and words for what is wrong there."""

    file: str
    node: yaml.Node
    within: str = ""
    fields: dict[str, yaml.Node] = field(default_factory=dict)

    def wrong(self, words: str, name: str = "") -> BadFile:
        """The error for this place, or for one of its fields."""
        mark = self.fields.get(name, self.node).start_mark
        within = f", {self.within}" if self.within else ""
        of = f", {name!r}" if name else ""
        return BadFile(f"{self.file}, line {mark.line + 1}, column {mark.column + 1}{within}{of}: {words}")

    def open(self, known: set[str], example: str) -> "Place":
        """Take the fields of this place, of which only `known` may be there; `example` shows one. Raises BadFile."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong(f"fields are wanted here, such as `{example}`.")
        for name, node in self.node.value:
            if name.value not in known:
                raise Place(self.file, name, self.within).wrong(
                    f"{name.value!r} is not a field; there are: {', '.join(sorted(known))}.")
            self.fields[name.value] = node
        return self

    def text(self, name: str, most: int, needed: bool = False) -> str:
        """A field of words."""
        node = self.fields.get(name)
        if node is None:
            if needed:
                raise self.wrong(f"{name!r} is missing.")
            return ""
        if not isinstance(node, yaml.ScalarNode) or (needed and not node.value.strip()):
            raise self.wrong("words are wanted here.", name)
        words = node.value.replace("\0", "").strip()
        if len(words) > most:
            raise self.wrong(f"at most {most} letters are taken here, these are {len(words)}.", name)
        return words

    def key(self, name: str) -> str:
        """A field that holds a key: small letters, figures and hyphens."""
        key = self.text(name, 60, needed=True)
        if key != slugify(key):
            raise self.wrong(f"{key!r} is not a key: small letters, figures and hyphens are.", name)
        return key

    def number(self, name: str) -> int | None:
        """A field that holds a whole number above zero, or is not there."""
        words = self.text(name, 12)
        if not words:
            return None
        if not (words.isascii() and words.isdecimal() and 0 < int(words) < 100_000):
            raise self.wrong(f"a whole number is wanted, not {words!r}.", name)
        return int(words)

    def flag(self, name: str) -> bool:
        """A field that says yes or no; no where it is not there."""
        words = self.text(name, 12).lower()
        if words not in ("", "yes", "no", "true", "false"):
            raise self.wrong(f"yes or no is wanted, not {words!r}.", name)
        return words in ("yes", "true")

    def one_of(self, name: str, known, default: str) -> str:
        """A field that holds one of a few words."""
        words = self.text(name, 40) or default
        if words not in known:
            raise self.wrong(f"{words!r} is not one of: {', '.join(known)}.", name)
        return words

    def rows(self, name: str) -> list["Place"] | None:
        """The rows of a field that holds a list, each a place of its own; None where it is not there or no list."""
        node = self.fields.get(name)
        if not isinstance(node, yaml.SequenceNode):
            return None
        return [Place(self.file, each, self.within, {name: each}) for each in node.value]


def read(path: Path, what: str) -> Place:
    """The outermost place of a file; `what` is what it should be ("a lesson"). Raises BadFile."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadFile(f"{path.name}: this is too large for {what}.")
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as gone:
        raise BadFile(f"{path}: {(gone.strerror or 'cannot be read').lower()}.") from gone
    except UnicodeDecodeError as wrong:
        raise BadFile(f"{path.name}: this is not text in UTF-8.") from wrong
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise BadFile(f"{path.name}{where}: {getattr(wrong, 'problem', None) or 'this is not YAML'}.") from wrong
    except RecursionError as wrong:
        raise BadFile(f"{path.name}: this is not {what}.") from wrong
    if root is None:
        raise BadFile(f"{path.name}: the file is empty.")
    return Place(path.name, root)
