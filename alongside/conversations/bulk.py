"""One verb on many conversations: each is done, or left out, as if a member had done it by hand."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from alongside.conversations import tagging
from alongside.conversations.models import Conversation, Reading
from alongside.lib.principal import Principal
from alongside.people.models import Person

MOST = 500

VERBS: dict[str, Callable] = {
    "assign": lambda conversation, by, member: conversation.assign(member, by=by),
    "hand_to": lambda conversation, by, team: conversation.hand_to(team, by=by),
    "tag": lambda conversation, by, name: tagging.tag(conversation, name, by=by),
    "untag": lambda conversation, by, tag: tagging.untag(conversation, tag, by=by),
    "close": lambda conversation, by: conversation.close(by=by),
    "reopen": lambda conversation, by: conversation.reopen(by=by),
    "restore": lambda conversation, by: conversation.reopen(by=by),
    "snooze": lambda conversation, by, until: conversation.snooze(until, by=by),
    "mark_spam": lambda conversation, by: conversation.mark_spam(by=by),
    "throw_away": lambda conversation, by: conversation.throw_away(by=by),
    "prioritise": lambda conversation, by, priority: conversation.prioritise(priority, by=by),
    "move": lambda conversation, by, inbox: conversation.move(inbox, by=by),
    "read": lambda conversation, by: Reading.mark(conversation, by.member, conversation.newest_id),
    "unread": lambda conversation, by: Reading.unmark(conversation, by.member),
}


class TooMany(ValueError):
    """More than MOST conversations at once."""


class UnknownVerb(ValueError):
    """Not something that can be done to many."""


@dataclass(frozen=True)
class Done:
    """How many conversations it was done to, and how many were left out (not there, not theirs, not possible)."""

    count: int
    skipped: int


def apply(principal: Principal, verb: str, ids, *, by: Person, **args) -> Done:
    """Do `verb` with `args` to those of `ids` that the principal may see, each in a transaction of its own.

    Raises TooMany, UnknownVerb, and TypeError for arguments that the verb does not take.
    """
    if verb not in VERBS:
        raise UnknownVerb(verb)
    wanted = {int(id) for id in ids}
    if len(wanted) > MOST:
        raise TooMany(len(wanted))
    seen = Conversation.objects.visible_to(principal).whole().filter(id__in=wanted)
    count = sum(_did(VERBS[verb], conversation, by, args) for conversation in seen.select_related("person"))
    return Done(count, len(wanted) - count)


def _did(verb: Callable, conversation: Conversation, by: Person, args: dict) -> bool:
    try:
        with transaction.atomic():
            verb(conversation, by, **args)
    except (ValueError, Conversation.DoesNotExist):
        return False
    return True
