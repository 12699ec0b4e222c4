"""What a person reads on their page: everything rooms hold, under their headings, and how we know each thing."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.booths import listing
from alongside.booths.models import Booth
from alongside.conversations.models import Conversation, Message
from alongside.people import belongings, correcting
from alongside.people.models import CardOpening, Identity, Person

# How we know it, as said to whom it is about.
KNOWN = {"verified": _("You confirmed it"), "observed": _("We noticed it"), "told": _("We were told"),
         "guessed": _("We are guessing")}
OF_THE_CARD = {"people", "card", "identities"}  # the page and the copy begin with these
SHOWN_BY_THEMSELVES = OF_THE_CARD | {"conversations"}  # have parts of the page of their own
OPENINGS_SHOWN, TALKS_SHOWN = 50, 100


@dataclass(frozen=True)
class Section:
    """What one room holds."""

    name: str
    label: object
    told: list[belongings.Told]


def sections(person: Person) -> list[Section]:
    """What each room holds of them, without rooms that hold nothing."""
    found = (Section(each.name, each.their_label, each.held(person.cluster_ids)) for each in belongings.every()
             if each.name not in SHOWN_BY_THEMSELVES)
    return [section for section in found if section.told]


def reached_at(person: Person) -> list[Identity]:
    """Every address we reach or know them by, each once."""
    found = Identity.objects.filter(person__in=person.cluster_ids).order_by("kind", "id")
    return list({(each.kind, each.key): each for each in found}.values())


def corrections(person: Person) -> list[tuple[str, correcting.Line]]:
    """What they can put right themselves: the room's name and the line."""
    return [(room.name, line) for room in correcting.every() for line in room.lines(person)]


def talks(principal) -> list[Conversation]:
    """Their conversations, the latest first, but those of which nothing is for their eyes."""
    seen = Message.objects.visible_to(principal).values("conversation_id")
    found = Conversation.objects.visible_to(principal).whole().filter(id__in=seen)
    return list(found.order_by("-last_at", "-id")[:TALKS_SHOWN])


def shared(principal) -> list[listing.Line]:
    """The pages that we shared with them, those that were touched last first."""
    found = Booth.objects.visible_to(principal).order_by("-touched_at", "-id")
    return listing.lines_of(found[:TALKS_SHOWN])


def booths_of(person: Person):
    """Every one of those pages, in the order in which they were opened."""
    return Booth.objects.filter(person__in=person.cluster_ids).select_related("person__merged_into").order_by("id")


def openings(person: Person, most: int | None = OPENINGS_SHOWN) -> list[CardOpening]:
    """Who looked at their card, the latest first; `most` None for all."""
    found = CardOpening.objects.filter(person__in=person.cluster_ids).select_related("by")
    return list(found.order_by("-at", "-id")[:most])
