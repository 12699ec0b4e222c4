"""What the letters of a conversation need to be drawn: links to files, words of quiet lines, what folds together."""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.utils import timezone

from alongside.conversations.line_words import icon_of, words_of
from alongside.conversations.models import WAITING
from alongside.conversations.opening import Opened, Shown

FOLD_TOGETHER = 4  # so many folded letters in a row hide behind one line


@dataclass(frozen=True)
class Attached:
    """A file beside a letter: its label, its size, where to fetch it, and a picture of it where there is one."""

    name: str
    size: int
    href: str
    thumb: str | None


@dataclass
class Item:
    """One thing in order of time: a letter, a note, a quiet line, or several folded ones together (`many`)."""

    kind: str
    shown: Shown | None = None
    icon: str = ""
    words: str = ""
    at: object = None
    many: list = field(default_factory=list)


class Letters:
    """The letters of an opened conversation, as one reader sees them."""

    def __init__(self, opened: Opened, request):
        self.opened, self.principal, self.member = opened, request.principal, request.member

    @cached_property
    def items(self) -> list[Item]:
        """Everything in order; runs of folded letters lie together."""
        items, run = [], []
        for item in (self._item(entry) for entry in self.opened.entries):
            if item.kind == "line" and run or item.shown and item.shown.folded:
                run.append(item)
                continue
            items += self._folded(run)
            run = []
            items.append(item)
        return items + self._folded(run)

    def _item(self, entry) -> Item:
        if isinstance(entry, Shown):
            return Item("note" if entry.message.is_note else "letter", shown=entry, at=entry.at)
        return Item("line", icon=icon_of(entry), words=words_of(entry), at=entry.at)

    def _folded(self, run: list[Item]) -> list[Item]:
        """A long run becomes one item; quiet lines at its end stand by themselves."""
        after = []
        while run and run[-1].kind == "line":
            after.insert(0, run.pop())
        if sum(1 for item in run if item.shown) < FOLD_TOGETHER:
            return [*run, *after]
        return [Item("many", many=run, at=run[0].at), *after]

    @property
    def first_id(self) -> int:
        """The oldest message on this page: names the frame for those before it."""
        return self.opened.messages[0].message.id if self.opened.messages else 0

    @cached_property
    def last_id(self) -> int:
        """The newest message that may be forwarded."""
        return next((s.message.id for s in reversed(self.opened.messages)
                     if not (s.message.is_note or s.message.held)), 0)

    @property
    def readers(self) -> str:
        """Colleagues who have read to the end, in words."""
        return ", ".join(reader.name for reader in self.opened.readers
                         if reader.message_id >= self.opened.newest_id)

    @staticmethod
    def count(item: Item) -> int:
        """How many letters lie in a folded run."""
        return sum(1 for each in item.many if each.shown)

    @staticmethod
    def lines(message) -> int:
        """About how many lines a letter in HTML takes, for the height of its frame."""
        parts = sum(message.html.count(tag) for tag in ("<p", "<tr", "<li", "<br", "<h"))
        return min(400, 3 + parts + len(message.text) // 70 + 10 * message.html.count(" data-attachment="))

    @staticmethod
    def keeps_away(message) -> int:
        """How many pictures that lie elsewhere the letter would show."""
        return message.html.count(" data-remote=")

    def attached(self, shown: Shown) -> list[Attached]:
        """The files that lie beside the words, not in them."""
        return [
            Attached(file.name, file.size, file.link(self.principal),
                     file.preview_link(self.principal) if file.is_picture else None)
            for file in (enclosure.file for enclosure in shown.enclosures if not enclosure.inline)
        ]

    def pictures(self, shown: Shown) -> dict[str, str]:
        """Addresses of the pictures that the words show, by the file's id."""
        return {
            str(enclosure.file_id): enclosure.file.preview_link(self.principal)
            for enclosure in shown.enclosures if enclosure.inline and enclosure.file.is_picture
        }

    @cached_property
    def just_sent(self):
        """The reader's own newest message that can still be taken back in time for second thoughts, or None."""
        for shown in reversed(self.opened.messages):
            message = shown.message
            if message.state == WAITING and message.author_id == self.member.person_id and self.leaves_soon(message):
                return message
        return None

    def leaves_soon(self, message) -> bool:
        """Whether it waits only for second thoughts, not for its hour."""
        if message.due_at is None:
            return False
        return (message.due_at - timezone.now()).total_seconds() <= settings.UNDO_SECONDS + 5

    def crossed_by(self, message) -> Shown | None:
        """What somebody wrote since the writer of a scheduled message chose its hour; one that waits for its hour."""
        if message.state != WAITING or message.seen_id is None:
            return None
        newer = [shown for shown in self.opened.messages if is_newer(shown.message, message)]
        return newer[-1] if newer else None


def is_newer(other, message) -> bool:
    """Whether `other` crosses a scheduled `message`, as `sending.crossing` says."""
    ours = other.seat == "ours" and other.author_id == message.author_id
    return other.id > message.seen_id and other.id != message.id and not (ours or other.automatic or other.held)
