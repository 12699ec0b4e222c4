"""What the composers of a conversation hold: the words begun, to whom they would go, and how.

There are two, side by side: a message and a note. Each has its own draft and its own form, so that switching between
them moves no word from one into the other: what was meant for colleagues cannot leave the house.
"""

import secrets
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from alongside.conversations import recipients
from alongside.conversations.letters import Address
from alongside.conversations.models import NOTE, RECEIVED, UNDONE, Enclosure, Message
from alongside.files.models import File

MODES = {"reply": "reply", "reply-all": "reply_all", "forward": "forward", "note": "note", "new": "new"}
KINDS = {mode: kind for kind, mode in MODES.items()}
NOTE_KIND = "note"
WAYS = ("reply", "reply-all", "forward", NOTE_KIND)  # what `?write=` may say in a conversation


@dataclass
class Way:
    """One way of writing, as a tab of the composers: its label, and where it leads without a script."""

    kind: str
    words: str
    icon: str
    href: str = ""
    unsent: bool = False  # it is not on the table, and words wait in it


@dataclass
class Table:
    """Both composers of a conversation, and which of them lies on top (`kind`)."""

    message: "Composing"
    note: "Composing"
    kind: str = "reply"

    @classmethod
    def of(cls, opened, request) -> "Table":
        """As the reader left it: the draft saved last lies on top, unless `?write=` asks for another."""
        drafts = opened.drafts
        message = Composing(seen=opened.newest_id)
        message.take_up(drafts.get("message") or {}, request.principal)
        note = Composing(kind=NOTE_KIND, seen=opened.newest_id)
        note.take_up(drafts.get("note") or {}, request.principal)
        later = bool(note.has_words and (not message.has_words or note.kept_at > message.kept_at))
        wanted = request.GET.get("write", "")
        if wanted in WAYS and wanted != NOTE_KIND:
            message.kind = wanted
        message.address(opened)
        if wanted == "forward":
            message.forward(opened, request)
        on_top = wanted if wanted in WAYS else NOTE_KIND if later else message.kind
        return cls(message, note, on_top)

    @property
    def noting(self) -> bool:
        """Whether the note lies on top."""
        return self.kind == NOTE_KIND

    @property
    def on_top(self) -> "Composing":
        """The composer that is shown."""
        return self.note if self.noting else self.message

    def ways(self, href: str) -> list[Way]:
        """The tabs, led to by `href` (with a query) and `write=`."""
        several = self.message.several
        ways = [Way("reply", _("Reply"), "reply"),
                Way("reply-all", _("To all") if several else _("With Cc"), "reply-all")]
        if self.message.kind == "forward":
            ways.append(Way("forward", _("Forward"), "forward"))
        ways.append(Way(NOTE_KIND, _("Note"), "note"))
        for way in ways:
            way.href = f"{href}&write={way.kind}#composing"
            other = self.note if way.kind == NOTE_KIND else self.message
            way.unsent = other is not self.on_top and other.kind == way.kind and other.has_words
        return ways


@dataclass
class Composing:
    """The state of one composer. `kind` is reply, reply-all, forward, note or new; addresses are lists of Address."""

    kind: str = "reply"
    body: str = ""
    subject: str = ""
    to: list[Address] = field(default_factory=list)
    cc: list[Address] = field(default_factory=list)
    bcc: list[Address] = field(default_factory=list)
    files: list[dict] = field(default_factory=list)
    revision: int = 0
    several: bool = False  # more than one person would get an answer to all
    kept_at: object = None
    wrong: str = ""
    once: str = field(default_factory=lambda: secrets.token_hex(16))
    seen: int = 0
    forwarding: bool = False  # just begun: what this device keeps of an earlier draft must not lie over it

    @property
    def has_words(self) -> bool:
        """Whether there is anything in it that anyone would miss."""
        return bool(self.body.strip() or self.files)

    @property
    def draft(self) -> dict:
        """As the composer's template takes it."""
        return {
            "kind": self.kind, "body": self.body, "subject": self.subject, "revision": self.revision,
            "files": self.files, **{role: written(getattr(self, role)) for role in ("to", "cc", "bcc")},
        }

    def take_up(self, draft: dict, principal) -> None:
        """Go on with a draft, or with none."""
        if self.kind != NOTE_KIND:
            self.kind = KINDS.get(draft.get("mode", "reply"), "reply")
        self.body, self.subject = draft.get("text", ""), draft.get("subject", "")
        self.revision, self.kept_at = draft.get("revision", 0), draft.get("saved_at")
        for role in ("to", "cc", "bcc"):
            setattr(self, role, [Address(a["address"], a["name"]) for a in draft.get(role, [])])
        self.files = chips(draft.get("files", []), principal)

    def address(self, opened) -> None:
        """To whom it goes unless the draft says so."""
        answered = _answered(opened)
        everyone = recipients.reply_all(answered) if answered else recipients.Addressing()
        if not (self.to or self.cc or self.bcc) and self.kind != "forward":
            self.to, self.cc = everyone.to, everyone.cc
        self.subject = self.subject or everyone.subject or opened.conversation.subject
        self.several = len(everyone.to) + len(everyone.cc) > 1

    def forward(self, opened, request) -> None:
        """Lay the message under the words, and its files beside them; to whom is still open."""
        self.forwarding = True
        wanted = request.GET.get("message", "")
        messages = [shown.message for shown in opened.messages if not shown.message.is_note and not shown.message.held]
        chosen = next((m for m in messages if str(m.id) == wanted), messages[-1] if messages else None)
        self.to, self.cc, self.bcc = [], [], []
        if chosen is None:
            return
        self.subject = recipients.forward(chosen).subject
        quoted = forwarded(chosen, next(s.author_name for s in opened.messages if s.message is chosen))
        if quoted not in self.body:
            self.body = f"{self.body.rstrip()}\n\n{quoted}" if self.body.strip() else f"\n\n{quoted}"
        held = {str(file["id"]) for file in self.files}
        more = [e.file_id for s in opened.messages if s.message is chosen for e in s.enclosures]
        self.files += chips([id for id in more if str(id) not in held], request.principal, trusted=True)


def forwarded(message: Message, author: str) -> str:
    """The message as it stands in a letter that forwards it."""
    head = _("Forwarded, from %(name)s:") % {"name": author}
    return "\n".join([f"— {head}", *(f"> {line}" for line in message.text.splitlines())])


def chips(ids, principal, trusted: bool = False) -> list[dict]:
    """Files as the composer shows them, those that the reader brought (or, `trusted`, what they forward)."""
    if not ids:
        return []
    files = File.objects.filter(id__in=ids) if trusted else may_attach(principal).filter(id__in=ids)
    return [{"id": file.id, "name": file.name, "size": file.size, "href": file.link(principal),
             "thumb": file.preview_link(principal) if file.is_picture else None} for file in files]


def may_attach(principal):
    """The files that the reader may send: those they brought, and those in messages that they may see."""
    seen = Enclosure.objects.filter(file=OuterRef("pk"), message__in=Message.objects.visible_to(principal))
    return File.objects.filter(Q(by_id=principal.person_id) | Exists(seen))


def written(addresses) -> str:
    """Addresses as one line of text, as a person would write them."""
    return ", ".join(_one(address) for address in addresses)


def _one(address: Address) -> str:
    if not address.name:
        return address.address
    name = address.name.replace('"', "'")
    quoted = f'"{name}"' if any(c in name for c in ',;<>@()[]:\\') else name
    return f"{quoted} <{address.address}>"


def _answered(opened) -> Message | None:
    """What a reply answers, from the messages that are loaded already: the newest from outside, else our own."""
    said = [s.message for s in opened.messages if s.message.kind != NOTE and not s.message.held
            and s.message.state != UNDONE]
    outside = [m for m in said if m.state == RECEIVED and not m.automatic]
    answered = (outside or said or [None])[-1]
    if answered:
        answered.conversation = opened.conversation
    return answered
