"""Putting words on conversations, taking them off, and completing them."""

from django.db import transaction

from alongside.conversations.letters import one_line
from alongside.conversations.models import Conversation, Tag, Tagging
from alongside.people.models import Person


def tag(conversation: Conversation, name: str, *, by: Person) -> Tag:
    """Put the tag `name` on it, made when it is new. Records `conversations.tagged`. Raises ValueError for none.

    A tag is spelled one way: "Refund " and "refund" are the same one.
    """
    name = one_line(name, 40).casefold().strip("#, ")
    if not name:
        raise ValueError("empty")
    with transaction.atomic():
        conversation = conversation.hold()
        word, _ = Tag.objects.get_or_create(name=name)
        _, new = Tagging.objects.get_or_create(tag=word, conversation=conversation, defaults={"by": by})
        if new:
            conversation._tell("tagged", by=by, data={"tag": word.id})
    return word


def untag(conversation: Conversation, tag: Tag, *, by: Person) -> None:
    """Take it off again. Records `conversations.untagged`."""
    with transaction.atomic():
        conversation = conversation.hold()
        if Tagging.objects.filter(tag=tag, conversation=conversation).delete()[0]:
            conversation._tell("untagged", by=by, data={"tag": tag.id})


def beginning_with(words: str, limit: int = 8) -> list[Tag]:
    """Tags that begin with `words`, by name; for completion."""
    return list(Tag.objects.filter(name__startswith=one_line(words, 40).casefold().strip("#, "))[:limit])
