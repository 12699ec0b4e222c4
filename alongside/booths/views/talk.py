"""What is said: a line, yes to the goal, how it ended; and ending it and opening it again."""

from django.utils.translation import gettext as _

from alongside.booths import promising
from alongside.booths.models import Booth, ChatLine, Ending, GoalAgreement, Participant
from alongside.booths.sent import EndingSent, EndSent, GoalSent, LineSent, Sent, Told
from alongside.booths.views.verbs import Refused, made, verb
from alongside.lib.plainly import problem


@verb(LineSent)
def say(request, booth: Booth, place: Participant, told: Told):
    """Say a line."""
    return made(ChatLine.say(booth, told["words"], by=place, once=told["once"]).id)


@verb(GoalSent)
def agree(request, booth: Booth, place: Participant, told: Told):
    """Say that these words are right."""
    return GoalAgreement.agree(booth, told["words"], by=place).id


@verb(EndingSent)
def ending(request, booth: Booth, place: Participant, told: Told):
    """Say whether the goal was reached."""
    return Ending.say(booth, told["answer"], told["words"], by=place).id


@verb(EndSent, change=True)
def end(request, booth: Booth, place: Participant, told: Told):
    """Everything was said; members name those of our open steps that become promises."""
    if told["promises"] and place.is_guest:
        raise Refused(problem(403, _("What the house promises, the house says. End it without; we see what is left.")))
    promising.end(booth, told["promises"], by=place)
    return booth.id


@verb(Sent, change=True)
def reopen(request, booth: Booth, place: Participant, told: Told):
    """Go on where it ended."""
    booth.reopen(by=place.person)
    return booth.id
