"""Hands one letter to a mail server, and says exactly what became of it."""

import smtplib
import ssl
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from alongside.channels.email.models import Mailbox
from alongside.channels.email.secrets import CannotRead

SECONDS = 30  # for each step of the conversation with the server


class NotYet(Exception):
    """The server could not take it now; nothing was handed over. `words` for the member, `said` by the server."""

    def __init__(self, words: str, said: str = ""):
        super().__init__(words)
        self.words, self.said = words, said


class Never(NotYet):
    """The server will not take it, now or later."""


class Unknown(NotYet):
    """The connection broke after the letter was handed over and before the answer: it may or may not have gone."""


@dataclass
class Handed:
    """Which addresses the server took, and which it turned away with which words."""

    taken: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def connect(mailbox: Mailbox) -> smtplib.SMTP:
    """A connection to the mailbox's server, signed in. Raises NotYet or Never in words."""
    host, port = mailbox.smtp_host, mailbox.smtp_port
    try:
        if mailbox.smtp_security == "tls":
            server = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(host, port, timeout=SECONDS)
        server.ehlo_or_helo_if_needed()
        if mailbox.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if mailbox.smtp_login:
            server.login(mailbox.smtp_login, mailbox.smtp_password)
    except CannotRead as sealed:
        raise Never(_("The password of this mail address can no longer be read. Please give it again.")) from sealed
    except smtplib.SMTPAuthenticationError as wrong:
        raise NotYet(_("The mail server does not accept our name and password."), _said(wrong)) from wrong
    except smtplib.SMTPException as refused:
        raise NotYet(_("The mail server turned us away at the door."), _said(refused)) from refused
    except ssl.SSLError as untrusted:
        raise NotYet(_("The mail server’s certificate is not to be trusted."), str(untrusted)) from untrusted
    except OSError as away:
        raise NotYet(_("The mail server at %(host)s cannot be reached.") % {"host": host}, str(away)) from away
    return server


def hand_over(server: smtplib.SMTP, sender: str, recipients: list[str], raw: bytes) -> Handed:
    """Give `raw` to a connected server for `recipients`. Raises NotYet, Never or Unknown when none got it."""
    handed = Handed()
    try:
        code, words = server.mail(sender, ["BODY=8BITMIME"] if server.has_extn("8bitmime") else [])
        _refuse(code, words)
        for address in recipients:
            code, words = server.rcpt(address)
            if code in (250, 251):
                handed.taken.append(address)
            else:
                handed.refused[address] = _text(code, words)
        if not handed.taken:
            worst = next(iter(handed.refused.values()), "")
            raise (Never if worst.startswith("5") else NotYet)(_("The mail server knows none of the addresses."), worst)
    except (smtplib.SMTPException, OSError) as broken:
        raise NotYet(_("The mail server broke off before we could hand it over."), str(broken)) from broken
    _send_data(server, raw)
    return handed


def _send_data(server: smtplib.SMTP, raw: bytes) -> None:
    """From here on a broken line means that nobody knows."""
    try:
        code, words = server.data(raw)
    except smtplib.SMTPDataError as refused:
        _refuse(refused.smtp_code, refused.smtp_error)
        return
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
    return f"{code} {text}".strip()[:1000]
