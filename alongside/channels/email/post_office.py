"""The post office: the outside world of the demo. What we send lies here; what is posted here comes in as mail."""

from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid

from alongside.channels.email.intake import read_mail, store, take
from alongside.channels.email.models import Mailbox, PostOfficeLetter
from alongside.conversations.models import Message
from alongside.people.models import Person


def deliver(recipients: list[str], sender: str, raw: bytes, message: Message | None = None) -> None:
    """Lay a letter of ours before each of `recipients`; whoever looks over their shoulder sees it come."""
    PostOfficeLetter.objects.bulk_create(
        PostOfficeLetter(sender=sender, recipient=address.casefold(), raw=raw, message=message)
        for address in recipients
    )
    for address in recipients:
        for person in Person.objects.with_email(address):
            person.tell_screens()


def letters_for(address: str, limit: int = 50) -> list[dict]:
    """What `address` received, newest first: {"id", "at", "mail"} with the mail as parsed."""
    found = PostOfficeLetter.objects.filter(recipient=address.casefold())[:limit]
    return [{"id": letter.id, "at": letter.at, "mail": read(letter)} for letter in found]


def letters_for_others(known: list[str], limit: int = 50) -> list[dict]:
    """What lies here for nobody in `known`, newest first, as `letters_for`, with `to`."""
    found = PostOfficeLetter.objects.exclude(recipient__in=[address.casefold() for address in known])[:limit]
    return [{"id": letter.id, "at": letter.at, "to": letter.recipient, "mail": read(letter)} for letter in found]


def read(letter: PostOfficeLetter) -> dict:
    """One letter as parsed, in a child like any mail."""
    return read_mail(bytes(letter.raw))["mail"]


def post(
    mailbox: Mailbox,
    *,
    sender: str,
    name: str,
    subject: str,
    text: str,
    files=(),
    answers: PostOfficeLetter | None = None,
) -> Message | None:
    """Write to us as somebody outside: an ordinary mail through the ordinary intake. `files`: (name, type, bytes)."""
    raw = _write(mailbox, sender, name, subject, text, files, answers)
    stored, _new = store(mailbox, raw, source="post_office", envelope_from=sender, envelope_to=mailbox.address)
    return take(stored.pk)


def _write(mailbox, sender, name, subject, text, files, answers) -> bytes:
    letter = EmailMessage()
    letter["From"] = formataddr((name, sender))
    letter["To"] = formataddr((mailbox.name, mailbox.address))
    letter["Subject"] = " ".join(subject.split())
    letter["Date"] = formatdate()
    letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    if answers:
        read_before = read(answers)
        letter["In-Reply-To"] = f"<{read_before['message_id']}>"
        letter["References"] = " ".join(f"<{one}>" for one in (*read_before["references"], read_before["message_id"]))
        quoted = "\n".join(f"> {line}" for line in read_before["text"].splitlines())
        when = answers.at.strftime("%d %b %Y, at %H:%M")  # as mail programs write it, in English
        text = f"{text}\n\nOn {when}, {mailbox.name} <{mailbox.address}> wrote:\n{quoted}\n"
    letter.set_content(text)
    for file_name, content_type, data in files:
        kind, _, subtype = (content_type or "application/octet-stream").partition("/")
        letter.add_attachment(data, maintype=kind, subtype=subtype, filename=file_name)
    return letter.as_bytes()
