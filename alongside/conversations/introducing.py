"""When somebody else must look after a person than whom they are usually with: who that is, and what to say."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from alongside.conversations.models import OPEN, Conversation
from alongside.members.absence import Absence, absence_of
from alongside.members.models import Member, TheirMember
from alongside.people.models import Person


@dataclass(frozen=True)
class Introduction:
    """That `person` is usually with `theirs`, and that `member` looks after them now."""

    person: Person
    theirs: Member
    member: Member
    absence: Absence | None

    @property
    def line(self) -> str:
        """For the member: whom they stand in for, and why."""
        names = {"person": self.person.name or _("Someone new"), "member": self.theirs.name, "where": self.absence}
        if self.absence:
            return _("%(person)s is usually with %(member)s, who is %(where)s. Say so.") % names
        return _("%(person)s is usually with %(member)s, who is at work. Hand it over, or say who you are.") % names

    @property
    def sentence(self) -> str:
        """For the person, in their own language: ready to be put into an answer."""
        with translation.override(self.person.language or translation.get_language()):
            absence = absence_of(self.theirs)
            names = {"me": self.member.name, "member": self.theirs.name, "day": absence.until if absence else ""}
            if absence and absence.away:
                words = _("I am %(me)s. You usually speak with %(member)s, who is away until %(day)s. "
                          "I gladly look after this, and %(member)s will know of it.")
            elif absence:
                words = _("I am %(me)s. You usually speak with %(member)s, who is not here right now. "
                          "I gladly look after this, and %(member)s will know of it.")
            else:
                words = _("I am %(me)s and work beside %(member)s, with whom you usually speak. "
                          "I gladly look after this.")
            return words % names


def introduce(conversation: Conversation, member: Member) -> Introduction | None:
    """What `member` says first in this conversation; None when its person has nobody else."""
    theirs = TheirMember.of(conversation.whom)
    if theirs is None or theirs.id == member.id or theirs.person_id == conversation.whom.id:
        return None
    return Introduction(conversation.whom, theirs, member, absence_of(theirs))


def introduction_above(opened, member: Member) -> Introduction | None:
    """The same for the page of an open conversation, as long as none of us has answered in it."""
    conversation = opened.conversation
    answered = any(shown.message.seat == "ours" and not shown.message.is_note for shown in opened.messages)
    if opened.around.usually in (None, member.id) or answered or opened.earlier or conversation.state != OPEN:
        return None
    return introduce(conversation, member)
