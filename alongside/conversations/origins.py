"""Where promises were made that were made in a conversation."""

from django.db.models import Exists, OuterRef, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.conversations.models import Conversation, Message
from alongside.promises.origins import Origin, Origins, register


class InConversations(Origins):
    """In a conversation, after the message that was the newest then, or at one that was pointed at."""

    def place(self, given, person, principal):
        """The conversation and the message, if it is theirs and the principal sees it."""
        theirs = Conversation.objects.visible_to(principal).with_person(person.cluster_ids)
        if given.get("message"):
            said = Message.objects.visible_to(principal).filter(pk=given["message"], conversation__in=theirs).first()
            return {"conversation_id": said.conversation_id, "message_id": said.pk} if said else {}
        talk = theirs.filter(pk=given.get("conversation") or 0).first()
        return {"conversation_id": talk.pk, "message_id": talk.newest_id or None} if talk else {}

    def tell(self, promises, principal):
        """By its subject, with the way to the message; who may not see the conversation learns that there was one."""
        ids = {promise.conversation_id for promise in promises} - {None}
        if not ids:
            return {}
        seen = Conversation.objects.filter(pk=OuterRef("pk"))
        is_seen = Value(True) if principal is None else Exists(seen.visible_to(principal))
        talks = Conversation.objects.annotate(is_seen=is_seen).in_bulk(ids)
        return {promise.id: _origin(talks[promise.conversation_id], promise.message_id, principal)
                for promise in promises if promise.conversation_id in talks}


def _origin(talk: Conversation, message_id: int | None, principal) -> Origin:
    subject = talk.subject if talk.is_seen else ""
    words = _("In the conversation “%(subject)s”") % {"subject": subject} if subject else _("In a conversation")
    if not talk.is_seen or principal is None or not principal.serves:
        return Origin(words)
    way = reverse("conversations:conversation", args=[talk.pk])
    return Origin(words, f"{way}#message-{message_id}" if message_id else way)


register(InConversations())
