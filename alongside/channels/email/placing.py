"""Where a mail that was read belongs: its conversation and author, or aside; decided and written at once."""

from django.utils.translation import gettext as _

from alongside.channels.email import returned
from alongside.channels.email.addressing import our_addresses
from alongside.channels.email.models import RawMail
from alongside.channels.email.threading import Thread, find_thread, is_our_own
from alongside.conversations.letters import Address
from alongside.conversations.models import Conversation, Message, Participant
from alongside.conversations.writing import receive
from alongside.files.models import File
from alongside.lib import child
from alongside.lib.mail import machines, tokens
from alongside.people.models import Person

HUMAN = ("human", "list")  # through a mailing list people write too


def place(stored: RawMail, read: dict | child.ChildError, *, welcome: bool = False) -> Message | None:
    """Put one mail where it belongs, in the caller's transaction; returns its message, or None when set aside.

    `read` is {"mail", "files"} or why it could not be read. With `welcome`, a member said that it is to be taken in
    whoever wrote it.
    """
    if isinstance(read, child.ChildError):
        return _keep_unread(stored, read)
    mail = read["mail"]
    if is_our_own(mail) and not welcome:
        return _set_aside(stored, mail, "own")
    sender, by_machine = _sender(stored, mail)
    automatic = by_machine and not welcome
    thread = find_thread(mail, stored.mailbox, sender.address)
    if mail["bounce"] is not None:
        about = returned.note_bounce(mail)
        thread = Thread(about.conversation, stranger=False) if about else thread
    if automatic and thread is None and not Person.objects.with_email(sender.address).exists():
        return _set_aside(stored, mail, mail["machine"]["kind"])
    held = bool(thread and thread.stranger and not automatic)
    author = None if held else _author(sender, thread, meets=not automatic)
    conversation = thread.conversation if thread else _start(stored, mail, author)
    message = _receive(
        stored, mail, read["files"], conversation=conversation, author=author, sender=sender, held=held,
        automatic=by_machine,
    )  # fmt: skip
    if mail["machine"]["spam"] and thread is None:
        conversation.mark_spam(by=None)
    _settle(stored, RawMail.TAKEN, message=message)
    return message


def _sender(stored: RawMail, mail: dict) -> tuple[Address, bool]:
    """Who the mail says wrote it, believed no further than to suggest a person; and whether a machine did.

    A form on a web site writes from an address that nobody reads, and names in Reply-To the person who filled it in.
    """
    machine = mail["machine"]
    by_machine = machine["kind"] not in HUMAN
    if machine["kind"] == "notice" and not machine["null_sender"] and not machine["auto_submitted"]:
        for entry in mail["reply_to"]:
            if _is_address(entry["address"]) and not machines.is_nobody(entry["address"]):
                return Address(entry["address"], entry["name"]), False
    for entry in (mail["from"], mail["sender"], {"address": stored.envelope_from, "name": ""}):
        if entry and _is_address(entry["address"]):
            return Address(entry["address"], entry["name"]), by_machine
    name = mail["from"]["name"] if mail["from"] else ""
    return Address(f"unknown@{stored.mailbox.domain}", name), by_machine


def _is_address(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    return bool(local and at and domain) and len(text) <= 254 and not any(letter.isspace() for letter in text)


def _author(sender: Address, thread: Thread | None, meets: bool) -> Person | None:
    """The person whom the address suggests; someone new where nobody has it and `meets`."""
    known = list(Person.objects.with_email(sender.address).order_by("id")[:10])
    if thread and thread.conversation.whom in known:
        return thread.conversation.person
    if len(known) > 1:
        theirs = [id for person in known for id in person.cluster_ids]
        last = Conversation.objects.with_person(theirs).order_by("-last_at").first()
        return last.whom if last else known[0]
    if known:
        return known[0]
    return Person.meet(full_name=sender.name[:240], email=sender.address, provenance="observed") if meets else None


def _start(stored: RawMail, mail: dict, author: Person) -> Conversation:
    return Conversation.start(
        inbox=stored.mailbox.inbox,
        person=author,
        subject=mail["subject"],
        at=stored.received_at,
        demo=stored.mailbox.inbox.demo,
    )


def _receive(stored, mail, files, *, conversation, author, sender, held, automatic) -> Message:
    others = {
        role: [Address(tokens.without_plus(entry["address"]), entry["name"]) for entry in mail[role][:100]]
        for role in ("to", "cc")
    }
    message = receive(
        conversation,
        author=author,
        sender=sender,
        text=mail["written"],
        folded=mail["folded"],
        html=mail["html"] or "",
        to=others["to"],
        cc=others["cc"],
        reply_to=[Address(entry["address"], entry["name"]) for entry in mail["reply_to"][:20]],
        files=[_kept(about, data, author) for about, data in zip(mail["attachments"], files, strict=True)],
        held=held,
        automatic=automatic,
        subject=mail["subject"],
        at=stored.received_at,
        message_id=_bracketed(mail["message_id"]),
        in_reply_to=_bracketed(mail["in_reply_to"][0]) if mail["in_reply_to"] else "",
        references=[_bracketed(one) for one in mail["references"]],
        sender_state=(mail["authentication_results"] or [""])[0][:200],
    )
    if not held and not automatic:
        _let_take_part(conversation, [*others["to"], *others["cc"]], stored.mailbox.address)
    return message


def _kept(about: dict, data: bytes, author: Person | None) -> tuple[File, str, bool]:
    file = File.keep(data, name=about["name"], content_type=about["type"], by=author, purpose="mail")
    return file, about["cid"][:240], about["inline"]


def _bracketed(message_id: str) -> str:
    return f"<{message_id}>" if message_id and len(message_id) <= 990 else ""


def _let_take_part(conversation: Conversation, named: list[Address], door: str) -> None:
    """Whoever the mail was also sent to takes part, so that their answers find the thread. Our own doors do not."""
    named = [one for one in named if _is_address(one.address) and one.address.casefold() != door]
    if not named:
        return
    ours = set(our_addresses())
    Participant.objects.bulk_create(
        (
            Participant(conversation=conversation, address=one.address.casefold()[:254], name=one.name[:240])
            for one in named[:50]
            if one.address.casefold() not in ours
        ),
        ignore_conflicts=True,
    )


def _keep_unread(stored: RawMail, why: child.ChildError) -> Message:
    """A mail that we could not read still reaches someone: as a conversation with the mail attached."""
    known = _is_address(stored.envelope_from)
    sender = Address(stored.envelope_from if known else f"unknown@{stored.mailbox.domain}", "")
    author = _author(sender, None, meets=True)
    conversation = Conversation.start(
        inbox=stored.mailbox.inbox, person=author, subject=_("A mail we could not read"), at=stored.received_at
    )
    file = File.keep(bytes(stored.raw), name="mail.eml", content_type="message/rfc822", purpose="mail")
    text = _("A mail came that we could not read. Nothing of it is lost: it is attached here as it came.")
    message = receive(
        conversation, author=author, sender=sender, text=text, files=[(file, "", False)], at=stored.received_at,
        automatic=True,
    )  # fmt: skip
    _settle(stored, RawMail.FAILED, message=message, error=f"{type(why).__name__}: {why}")
    return message


def _set_aside(stored: RawMail, mail: dict, why: str) -> None:
    """Keep it where members can look it up; it starts no conversation and is nobody's."""
    sender = (mail["from"] or {}).get("address", "")
    _settle(stored, RawMail.ASIDE, error=why, sender=sender[:254], subject=mail["subject"][:300])


def _settle(stored: RawMail, state: str, *, message: Message | None = None, error: str = "", **columns) -> None:
    stored.state, stored.message, stored.error = state, message, error[:2000]
    for name, value in columns.items():
        setattr(stored, name, value)
    stored.save(update_fields=["state", "message", "error", *columns])
