"""Letters that the house itself writes: invitations, new passwords, notifications. Plain text, one person each."""

import logging

from django.core.mail import EmailMessage

log = logging.getLogger(__name__)


def send(*, to: str, subject: str, text: str, headers: dict[str, str] | None = None) -> bool:
    """Hand a letter to the mail backend; True when it was taken. A backend that fails is logged, never raised.

    A failure must not reveal who has an account, nor undo what the letter only tells about; the caller says in
    place what to do instead. `Auto-Submitted` keeps other machines from answering (RFC 3834).
    """
    marks = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", **(headers or {})}
    letter = EmailMessage(subject=" ".join(subject.split()), body=text, to=[to], headers=marks)
    try:
        taken = bool(letter.send())
    except Exception:  # whatever a mail backend raises: sockets, TLS, SMTP, a full disk
        log.exception("A letter could not be handed over to the mail backend")
        return False
    if not taken:
        log.warning("A letter of the house went nowhere: no way to send mail is connected yet")
    return taken
