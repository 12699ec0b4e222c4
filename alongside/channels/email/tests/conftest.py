"""A mailbox of the café, and the servers of the world outside."""

import time
from datetime import UTC, datetime

import pytest

from tests.certificates import certificate, trusted  # noqa: F401
from tests.dovecot import dovecot  # noqa: F401
from tests.slow_line import slow_line  # noqa: F401
from tests.smtp_sink import silent_server, smtp_sink  # noqa: F401


@pytest.fixture
def mailbox(cafe):
    """The café's mail address; its letters go through the post office until a test says otherwise."""
    from alongside.channels.email.models import Mailbox

    return Mailbox.objects.create(
        inbox=cafe, address="cafe@example.org", name="Market Street Café", state="connected", transport="post_office",
        plus_addresses=True,
    )  # fmt: skip


@pytest.fixture
def box(mailbox, dovecot):  # noqa: F811
    """The café's mailbox, connected to the tests' Dovecot."""
    return connected(mailbox, dovecot)


def connected(mailbox, server):
    """The mailbox, to be read from a server; everything that lies there is to be imported."""
    mailbox.transport, mailbox.importing_since = "smtp", datetime(1970, 1, 1, tzinfo=UTC)
    mailbox.imap_host, mailbox.imap_port, mailbox.imap_security = server.host, server.port, "none"
    mailbox.imap_login, mailbox.imap_password = server.login, server.password
    mailbox.save()
    return mailbox


@pytest.fixture
def mail():
    """A function that writes raw mail."""
    return write_mail


def write_mail(text="Hello", *, sender="Joe Hallam <joe@hallam.example>", to="cafe@example.org", subject="A question",
               **headers) -> bytes:  # fmt: skip
    """Raw mail; underscores in the names of headers stand for dashes."""
    given = {"From": sender, "To": to, "Subject": subject, "Date": "Tue, 1 Jul 2025 10:52:37 +0200",
             "Message-ID": f"<{time.time_ns()}@hallam.example>",
             "Content-Type": "text/plain; charset=utf-8"}  # fmt: skip
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value is not None)
    return (head + "\r\n" + text.replace("\n", "\r\n")).encode()


@pytest.fixture
def arrive(mailbox):
    """A function that takes raw mail in as if it had come, and returns its message (or None)."""
    from alongside.channels.email import intake

    def arrive(raw: bytes, box=mailbox, **about):
        stored, _ = intake.store(box, raw, **{"source": "cli", **about})
        return intake.take(stored.pk)

    return arrive


@pytest.fixture
def eventually():
    """A function that waits until another one gives something true, and returns that."""

    def eventually(ask, seconds=60.0):
        until = time.monotonic() + seconds
        while not (found := ask()):
            assert time.monotonic() < until, "it did not happen in time"
            time.sleep(0.05)
        return found

    return eventually


@pytest.fixture
def by_smtp(mailbox, smtp_sink):  # noqa: F811
    """The café's mailbox, its letters going to the sink."""
    mailbox.transport, mailbox.smtp_host, mailbox.smtp_port = "smtp", smtp_sink.host, smtp_sink.port
    mailbox.smtp_security = "none"
    mailbox.save()
    return mailbox


@pytest.fixture
def write(arrive, mail, joe, lena, settings):
    """A function by which Lena answers Joe at once; returns the message."""
    from alongside.conversations import letters, models, writing

    settings.UNDO_SECONDS = 0
    question = arrive(mail("Is it open?", Message_ID="<q@hallam.example>", subject="Terrace"))

    def write(text="Yes, come!", to=(("joe@hallam.example", "Joe"),), **more):
        people = {"to": [letters.Address(*one) for one in to]} | {
            k: [letters.Address(*one) for one in v] for k, v in more.items() if k in ("cc", "bcc")
        }
        letter = letters.Letter(text=text, **people, **{k: v for k, v in more.items() if k not in ("cc", "bcc")})
        newest = models.Message.objects.order_by("-id").first()
        return writing.answer(question.conversation, letter, by=lena.person, seen_id=newest.id)

    return write
