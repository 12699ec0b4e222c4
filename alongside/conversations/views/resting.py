"""What an empty list says: that it is well so, and what would come here."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Resting:
    """A heading, a sentence or two, a short line for the list itself; and whether this reader could connect what is
    missing."""

    title: str
    words: str
    hint: str
    connects: bool = False


def resting(view: str, serves_none: bool, admin: bool) -> Resting:
    """The words for an empty `view`; others for who sees no inbox yet: an admin sees every one there is."""
    if serves_none and view in ("mine", "team", "unassigned", "all"):
        return _new_house() if admin else Resting(
            _("No inbox is yours yet"),
            _("An inbox is looked after by teams. Once you are in a team that serves one, whoever writes appears "
              "here."), _("Ask whoever runs the house to put you in a team."))
    return {
        "mine": _mine, "team": _team, "unassigned": _unassigned, "snoozed": _snoozed, "done": _done, "all": _all,
        "spam": _spam, "trash": _trash,
    }[view]()


def _new_house() -> Resting:
    return Resting(
        _("The first address is still to come"),
        _("Connect the mail address that people write to already: what they write appears here, and you answer from "
          "it. Teams and colleagues can follow."), _("No mail address is connected yet."), connects=True)


def _mine() -> Resting:
    return Resting(
        _("Everyone has an answer"),
        _("Nobody waits for you. What nobody has taken yet stands under “Nobody’s”; take one with “Hand over”, or "
          "by pressing a."), _("Nobody is waiting for you. Conversations you finish rest under Done."))


def _team() -> Resting:
    return Resting(
        _("Your team has answered everyone"),
        _("What comes in through the doors that your teams look after stands here until it is done."),
        _("Nobody is waiting for your team."))


def _unassigned() -> Resting:
    return Resting(
        _("Everything is in somebody's hands"),
        _("A new letter stands here until someone takes it."), _("Nothing is left lying."))


def _snoozed() -> Resting:
    return Resting(
        _("Nothing rests"),
        _("Let a conversation rest until an hour with “Later”, or by pressing s. It comes back by itself then, or as "
          "soon as they answer."), _("What rests until later stands here."))


def _done() -> Resting:
    return Resting(
        _("Nothing is done yet"),
        _("When you call a conversation done it rests here. It opens again by itself when an answer comes."),
        _("What is done rests here."))


def _all() -> Resting:
    return Resting(
        _("Nobody has written yet"),
        _("Letters appear here as soon as an address is connected. You can also write to someone first."),
        _("The first letter is still to come."))


def _spam() -> Resting:
    return Resting(
        _("No spam"),
        _("What comes from addresses you blocked lies here. Nothing of it is thrown away unasked."),
        _("Nothing lies among the spam."))


def _trash() -> Resting:
    return Resting(
        _("The trash is empty"),
        _("What you throw away lies here and can be taken out again. It comes back by itself when they answer."),
        _("Nothing lies in the trash."))
