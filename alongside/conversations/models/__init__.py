"""Conversations, their messages, and what members do with them."""

from alongside.conversations.models.block import Block
from alongside.conversations.models.closure import Closure
from alongside.conversations.models.conversation import (
    DONE,
    OPEN,
    PRIORITIES,
    REST,
    SNOOZED,
    SPAM,
    STATES,
    TRASH,
    Conversation,
)
from alongside.conversations.models.draft import Draft
from alongside.conversations.models.inbox import Inbox
from alongside.conversations.models.merging import Merging
from alongside.conversations.models.message import (
    FAILED,
    KEPT,
    LEAVING,
    MESSAGE,
    NOTE,
    RECEIVED,
    SENT,
    UNDONE,
    UNKNOWN,
    WAITING,
    Enclosure,
    Mention,
    Message,
    Participant,
    Recipient,
    add_message,
    preview_of,
    settle_columns,
)
from alongside.conversations.models.reading import Reading
from alongside.conversations.models.saved_reply import SavedReply
from alongside.conversations.models.tag import Tag, Tagging

__all__ = [
    "Block",
    "Closure",
    "Conversation",
    "DONE",
    "Draft",
    "Enclosure",
    "FAILED",
    "Inbox",
    "KEPT",
    "LEAVING",
    "MESSAGE",
    "Mention",
    "Merging",
    "Message",
    "NOTE",
    "OPEN",
    "PRIORITIES",
    "Participant",
    "RECEIVED",
    "REST",
    "Reading",
    "Recipient",
    "SENT",
    "SNOOZED",
    "SPAM",
    "STATES",
    "SavedReply",
    "TRASH",
    "Tag",
    "Tagging",
    "UNDONE",
    "UNKNOWN",
    "WAITING",
    "add_message",
    "preview_of",
    "settle_columns",
]
