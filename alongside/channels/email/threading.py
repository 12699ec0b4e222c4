"""Which conversation a mail belongs to: a token we signed, then references among the same participants.

The subject never decides (DESIGN 6): anyone can write one.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings

from alongside.channels.email.models import Outgoing
from alongside.conversations.models import Conversation, Message, Participant
from alongside.lib.mail import tokens


@dataclass(frozen=True)
class Thread:
    """Where a mail belongs. `stranger` is true when its sender takes no part in that conversation yet."""

    conversation: Conversation
    stranger: bool


def token_key() -> bytes:
    """The key that signs our tokens; of this installation and for this purpose alone."""
    return hashlib.sha256(b"alongside thread token\0" + settings.SECRET_KEY.encode()).digest()


def find_thread(mail: dict, mailbox, sender: str) -> Thread | None:
    """The conversation that `mail` (as parsed) answers, or None for a new one. `sender` is an address."""
    named = tokens.conversation_of(mail, token_key())
    if named is not None:
        conversation = Conversation.objects.filter(pk=named).select_related("merged_into").first()
        if conversation:
            return Thread(conversation, stranger=not _takes_part(conversation, sender))
    for conversation in _referred(mail, mailbox):
        if _takes_part(conversation, sender):
            return Thread(conversation, stranger=False)
    return None


def is_our_own(mail: dict) -> bool:
    """True for a letter of ours that came back to us, so that it is not taken for somebody's answer."""
    return bool(mail["message_id"]) and Outgoing.objects.filter(mail_id=mail["message_id"]).exists()


def _referred(mail: dict, mailbox) -> list[Conversation]:
    """Conversations of this inbox whose messages `mail` refers to, the nearest first."""
    ids = [f"<{one}>" for one in tokens.ancestors(mail)][:40]
    if not ids:
        return []
    known = Message.objects.filter(message_id__in=ids, conversation__inbox=mailbox.inbox_id)
    by_id = {message.message_id: message.conversation for message in known.select_related("conversation__merged_into")}
    return list(dict.fromkeys(by_id[one] for one in ids if one in by_id))


def _takes_part(conversation: Conversation, sender: str) -> bool:
    cluster = (conversation.merged_into or conversation).cluster_ids()
    return Participant.objects.filter(conversation__in=cluster, address=sender.casefold(), held=False).exists()
