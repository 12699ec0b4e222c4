"""Letters that came back: a bounce finds the message it is about, and says so where it was written."""

from alongside.channels.email.models import Outgoing
from alongside.conversations.models import Message
from alongside.conversations.sending import mark_returned
from alongside.lib.mail import tokens


def note_bounce(mail: dict) -> Message | None:
    """The message that `mail` (a bounce, as parsed) is about, failed now unless it is only late; None if not ours.

    Its Message-ID, which only its receivers know, says which; a mail without it changes nothing.
    """
    outgoing = _about(mail)
    if outgoing is None:
        return None
    failed = [one for one in mail["bounce"]["recipients"] if one["action"] not in ("delayed", "relayed", "delivered")]
    if failed or not mail["bounce"]["recipients"]:
        mark_returned(outgoing.message, _why(mail, failed))
    return outgoing.message


def _about(mail: dict) -> Outgoing | None:
    ids = [one.strip("<>") for one in (*mail["bounce"]["message_ids"], *tokens.ancestors(mail)) if one][:40]
    return Outgoing.objects.filter(mail_id__in=ids).select_related("message__conversation").first()


def _why(mail: dict, failed: list[dict]) -> str:
    first = failed[0] if failed else {}
    told = first.get("diagnostic") or first.get("status") or mail["subject"]
    return ": ".join(part for part in (first.get("address", ""), told) if part)[:400]
