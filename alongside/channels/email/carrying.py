"""Hands one letter to a mail server, and says exactly what became of it."""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from alongside.channels.email.models import Mailbox
from alongside.channels.email.secrets import CannotRead
from alongside.lib.mail.letterhead import Unsafe, ascii_domain

SECONDS = 30  # for each step of the conversation with the server
LETTER_SECONDS = 240  # for the handing over of one letter, however slowly the server answers


class NotYet(Exception):
    """The server could not take it now; nothing was handed over. `words` for the member, `said` by the server."""

    def __init__(self, words: str, said: str = ""):
        super().__init__(words)
        self.words, self.said = words, said

    def __str__(self):
        return f"{self.words} {self.said}".strip()


class Away(NotYet):
    """The server itself is not to be had: no letter would go through it now."""


class Never(NotYet):
    """The server will not take this letter, now or later."""


class Unknown(NotYet):
    """The connection broke after the letter was handed over and before the answer: it may or may not have gone."""


@dataclass
class Handed:
    """Which addresses the server took, and which it turned away with which words."""

    taken: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def connect(mailbox: Mailbox, seconds: float | None = None) -> smtplib.SMTP:
    """A connection to the mailbox's server, signed in; it has so many seconds for each answer. Raises Away in words."""
    seconds = seconds or SECONDS
    host, port = mailbox.smtp_host, mailbox.smtp_port
    server = None
    try:
        if mailbox.smtp_security == "tls":
            server = smtplib.SMTP_SSL(host, port, timeout=seconds, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(host, port, timeout=seconds)
        with within(server, seconds * 2):
            server.ehlo_or_helo_if_needed()
            if mailbox.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if mailbox.smtp_login:
                server.login(mailbox.smtp_login, mailbox.smtp_password)
        return server
    except Exception as failed:
        if server is not None:
            server.close()
        raise _why_not_connected(failed, host) from failed


def _why_not_connected(failed: Exception, host: str) -> Exception:
    if isinstance(failed, CannotRead):
        return Away(_("The password of this mail address can no longer be read. Please give it again."))
    if isinstance(failed, smtplib.SMTPAuthenticationError):
        return Away(_("The mail server does not accept our name and password."), _said(failed))
    if isinstance(failed, smtplib.SMTPNotSupportedError):
        return Away(_("The mail server does not offer what was chosen for its security or sign-in."), str(failed))
    if isinstance(failed, TimeoutError) or "timed out" in str(failed):
        return Away(_("The mail server at %(host)s does not answer.") % {"host": host})
    if isinstance(failed, smtplib.SMTPServerDisconnected):
        return Away(_("The mail server hung up on us."), str(failed))
    if isinstance(failed, smtplib.SMTPException):
        return Away(_("The mail server turned us away at the door."), _said(failed))
    if isinstance(failed, ssl.SSLCertVerificationError):
        return Away(_("The certificate of the mail server at %(host)s is not to be trusted.") % {"host": host},
                    failed.verify_message)  # fmt: skip
    if isinstance(failed, ssl.SSLError):
        return Away(_("No secure line to %(host)s came about; the port or the kind of security may be another.")
                    % {"host": host}, str(failed.reason or failed))  # fmt: skip
    if isinstance(failed, socket.gaierror):
        return Away(_("There is no mail server of the name %(host)s.") % {"host": host}, str(failed.strerror))
    if isinstance(failed, (OSError, UnicodeError, ValueError)):
        return Away(_("The mail server at %(host)s cannot be reached.") % {"host": host}, str(failed))
    return failed


@contextlib.contextmanager
def within(server: smtplib.SMTP, seconds: float):
    """Cut the line after so many seconds: a server that answers one byte a minute would else hold us for ever."""

    def cut():
        with contextlib.suppress(OSError, AttributeError):
            server.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def hand_over(
    server: smtplib.SMTP, sender: str, recipients: list[str], raw: bytes, before_data: Callable[[], None] = lambda: None
) -> Handed:
    """Give `raw` to a connected server for `recipients`. Raises NotYet, Never or Unknown when none got it.

    `before_data` is called once the server has said that it will take it, and before it is given anything.
    """
    with within(server, LETTER_SECONDS):
        handed = _announce(server, sender, recipients, raw)
        before_data()
        _give(server, raw)
    return handed


def _announce(server: smtplib.SMTP, sender: str, recipients: list[str], raw: bytes) -> Handed:
    handed = Handed()
    try:
        code, words = server.mail(ascii_domain(sender), _options(server, recipients, raw))
        _refuse(code, words)
        for address in recipients:
            code, words = server.rcpt(ascii_domain(address))
            if code in (250, 251):
                handed.taken.append(address)
            else:
                handed.refused[address] = _text(code, words)
    except Unsafe as unsafe:
        raise Never(_("One of the addresses is none that mail can reach."), str(unsafe)) from unsafe
    except (smtplib.SMTPException, OSError, UnicodeError) as broken:
        raise NotYet(_("The mail server broke off before we could hand it over."), str(broken)) from broken
    if not handed.taken:
        said = "; ".join(f"{address}: {words}" for address, words in handed.refused.items())
        forever = all(words.startswith("5") for words in handed.refused.values())
        if forever:
            raise Never(_("The mail server turned down every address."), said)
        raise NotYet(_("The mail server asks us to come back later."), said)
    return handed


def _options(server: smtplib.SMTP, recipients: list[str], raw: bytes) -> list[str]:
    options = ["BODY=8BITMIME"] if server.has_extn("8bitmime") else []
    if server.has_extn("size"):
        options.append(f"SIZE={len(raw)}")
    if not all(address.rpartition("@")[0].isascii() for address in recipients):
        if not server.has_extn("smtputf8"):
            raise Never(_("The mail server cannot write to addresses with such letters."))
        server.command_encoding = "utf-8"
        options += ["SMTPUTF8"] if "BODY=8BITMIME" in options else ["BODY=8BITMIME", "SMTPUTF8"]
    return options


def _give(server: smtplib.SMTP, raw: bytes) -> None:
    """From here on a broken line means that nobody knows."""
    try:
        code, words = server.data(raw)
    except smtplib.SMTPDataError as refused:
        _refuse(refused.smtp_code, refused.smtp_error)
        raise NotYet(_("The mail server did not want the letter now."), _said(refused)) from refused
    except (smtplib.SMTPException, OSError) as broken:
        raise Unknown(
            _("The line broke while the mail server was taking it, so it may or may not have gone."), str(broken)
        ) from broken
    _refuse(code, words)


def _refuse(code: int, words) -> None:
    if code >= 500:
        raise Never(_("The mail server will not take this letter."), _text(code, words))
    if code >= 400:
        raise NotYet(_("The mail server asks us to come back later."), _text(code, words))


def _said(error: smtplib.SMTPException) -> str:
    return _text(getattr(error, "smtp_code", ""), getattr(error, "smtp_error", str(error)))


def _text(code, words) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join(f"{code} {text}".split())[:1000]


class Line:
    """A connection to one mailbox's server that is opened when first needed and kept for the next letter."""

    def __init__(self, mailbox: Mailbox):
        self.mailbox = mailbox
        self._server: smtplib.SMTP | None = None

    def hand_over(self, recipients: list[str], raw: bytes, before_data: Callable[[], None]) -> Handed:
        """As `hand_over` above, over the line that is open; raises Away when none can be opened."""
        server = self._fresh() or connect(self.mailbox)
        self._server = None
        try:
            handed = hand_over(server, self.mailbox.address, recipients, raw, before_data)
        except BaseException:
            server.close()
            raise
        self._server = server
        return handed

    def _fresh(self) -> smtplib.SMTP | None:
        server, self._server = self._server, None
        if server is None:
            return None
        try:
            with within(server, SECONDS):
                if server.rset()[0] == 250:
                    return server
        except (smtplib.SMTPException, OSError):
            pass
        server.close()
        return None

    def close(self) -> None:
        """Say goodbye."""
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError), within(server, 5):
                server.quit()
            server.close()
