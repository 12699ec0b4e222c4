"""Letters that came back: a bounce finds the message it is about, and says so where it was written."""

from alongside.channels.email.models import Outgoing
from alongside.conversations.models import SENT, Message
from alongside.conversations.writing import mark_failed
from alongside.lib.mail import tokens


def note_bounce(mail: dict) -> Message | None:
    """Mark the message that `mail` (a bounce, as parsed) returns as failed; None when it is none of ours."""
    outgoing = _about(mail)
    if outgoing is None:
        return None
    message = outgoing.message
    if message.state == SENT:
        mark_failed(message, _why(mail))
    return message


def _about(mail: dict) -> Outgoing | None:
    bounce = mail["bounce"] or {}
    named = [*bounce.get("message_ids", []), *tokens.ancestors(mail)]
    ids = [one.strip("<>") for one in named if one][:40]
    return Outgoing.objects.filter(mail_id__in=ids).select_related("message__conversation").first()


def _why(mail: dict) -> str:
    told = ((mail["bounce"] or {}).get("recipients") or [{}])[0]
    return (told.get("diagnostic") or told.get("status") or mail["subject"])[:400]
