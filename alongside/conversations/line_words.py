"""Quiet lines in words: who took it, when it was called done, where it went."""

from django.utils.translation import gettext as _

from alongside.conversations.lines import Line
from alongside.look.times import exact_words

ICONS = {
    "assigned": "hand-over", "handed_to_team": "team", "prioritised": "priority", "retitled": "edit", "moved": "inbox",
    "closed": "done", "reopened": "reopen", "snoozed": "snooze", "woken": "bell", "marked_spam": "spam",
    "thrown_away": "trash", "tagged": "tag", "untagged": "tag", "merged": "merge", "unmerged": "split",
    "let_in": "person", "split_out": "split", "message_undone": "undo",
}


def icon_of(line: Line) -> str:
    """The drawing that stands before the line."""
    return ICONS.get(line.kind, "info")


def words_of(line: Line) -> str:
    """The line as a sentence; by nobody when the house did it itself."""
    words = _WORDS[line.kind](line) if line.kind in _WORDS else line.kind
    return words % {"who": line.actor or _("Alongside"), "member": line.assignee, "team": line.team, "tag": line.tag,
                    "inbox": line.inbox}


def _assigned(line: Line) -> str:
    if not line.assignee:
        return _("%(who)s gave it back to everyone")
    return _("%(who)s took it") if line.assignee == line.actor else _("%(who)s gave it to %(member)s")


def _prioritised(line: Line) -> str:
    return {1: _("%(who)s said that it is wanted soon"), 2: _("%(who)s said that it is wanted now")}.get(
        line.data.get("priority"), _("%(who)s said that it can take its time"))


def _snoozed(line: Line) -> str:
    words = _("%(who)s let it rest until {when}")
    return words.replace("{when}", exact_words(line.until) if line.until else "")


_WORDS = {
    "assigned": _assigned,
    "handed_to_team": lambda line: _("%(who)s put it before %(team)s") if line.team
    else _("%(who)s took it from its team"),
    "prioritised": _prioritised,
    "retitled": lambda line: _("%(who)s changed what it is about"),
    "moved": lambda line: _("%(who)s moved it to %(inbox)s"),
    "closed": lambda line: _("%(who)s called it done"),
    "reopened": lambda line: _("%(who)s opened it again") if line.actor else _("An answer opened it again"),
    "snoozed": _snoozed,
    "woken": lambda line: _("It is time: it came back by itself"),
    "marked_spam": lambda line: _("%(who)s put it among the spam"),
    "thrown_away": lambda line: _("%(who)s put it in the trash"),
    "tagged": lambda line: _("%(who)s tagged it %(tag)s"),
    "untagged": lambda line: _("%(who)s took the tag %(tag)s off"),
    "merged": lambda line: _("%(who)s laid two conversations together"),
    "unmerged": lambda line: _("%(who)s took two conversations apart"),
    "let_in": lambda line: _("%(who)s let someone new in"),
    "split_out": lambda line: _("%(who)s gave someone new a conversation of their own"),
    "message_undone": lambda line: _("%(who)s took a message back before it left"),
}
