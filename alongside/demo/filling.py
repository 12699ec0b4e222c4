"""Fills an empty house with the demo's world: people, members, inboxes, a month of conversations."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from alongside.channels.email.models import Mailbox, PostOfficeLetter
from alongside.conversations.letters import Address
from alongside.conversations.models import (
    DONE,
    KEPT,
    NOTE,
    OPEN,
    RECEIVED,
    SENT,
    SNOOZED,
    Closure,
    Conversation,
    Inbox,
    Participant,
    Reading,
    Recipient,
    SavedReply,
    Tag,
    Tagging,
    add_message,
)
from alongside.demo.answering import give_answers
from alongside.demo.promising import make_promises
from alongside.demo.sharing import share
from alongside.demo.stories import Line, Story, cast, stories
from alongside.demo.teaching import bring_a_lesson
from alongside.demo.visiting import visits_of
from alongside.events.models import Delivery
from alongside.members.models import Member, Organisation, Team
from alongside.people.models import Person

SAVED_REPLIES = {
    "Thank you for telling us": "Hello {person},\n\nthank you for telling us. I am on it, and I write again today.\n\n"
    "{member}",
    "It is ready": "Hello {person},\n\nit is ready and waiting for you, with your name on it.\n\n{member}",
}


class NotEmpty(Exception):
    """There are people here already; the demo never mixes with them."""


def is_empty() -> bool:
    """True when nobody but the owner is known and nobody has written."""
    others = Person.objects.exclude(member__role="owner")
    return not (others.exists() or Conversation.objects.exists() or Team.objects.exists())


def is_filled() -> bool:
    """True while the demo's world is here."""
    return inboxes().exists()


def inboxes():
    """The demo's inboxes; none once it was removed."""
    return Inbox.objects.filter(demo=True)


def fill(owner: Member, now: datetime | None = None) -> int:
    """Fill the empty house; returns the number of conversations. Raises NotEmpty when it is not empty."""
    if not is_empty():
        raise NotEmpty
    with transaction.atomic():
        return World(owner, now or timezone.now()).build()


class World:
    """Builds the cast, then each story on it; names in the files become rows here."""

    def __init__(self, owner: Member, now: datetime):
        self.cast, self.owner, self.now = cast(), owner, now
        self.organisation = Organisation.ours()
        local = now.astimezone(ZoneInfo(self.organisation.zone))
        # The stories' "today" ends at 8:19; before nine in the morning their today is yesterday.
        self.today = local if local.hour >= 9 else local - timedelta(days=1)

    def build(self) -> int:
        """Everything, in the order in which it leans on each other. Returns the number of conversations."""
        self._found_organisation()
        self.teams = {key: Team.objects.create(name=name, demo=True) for key, name in self.cast["teams"].items()}
        self.inboxes = {key: self._inbox(**about) for key, about in self.cast["inboxes"].items()}
        self.members = {key: self._member(key, **about) for key, about in self.cast["members"].items()}
        self.people = {key: self._person(**about) for key, about in self.cast["people"].items()}
        self.people |= {key: member.person for key, member in self.members.items() if key not in self.people}
        for name, text in SAVED_REPLIES.items():
            SavedReply.objects.create(name=name, text=text, demo=True)
        told = sorted(stories(), key=lambda story: story.lines[0].at(self.today))
        for story in told:
            self._tell(story)
        visits_of(self.people, self.members, self.today)
        give_answers(self.people, self.members, self.now)
        make_promises(self.people, self.members, self.now)
        share(self.people, self.members, self.today)
        bring_a_lesson()
        # Nobody is to be notified of what happened before they came, and what was told stays with whom it was.
        for room in ("notifications", "conversations"):
            Delivery.objects.filter(listener__startswith=f"alongside.{room}.").delete()
        return len(told)

    def _found_organisation(self) -> None:
        about = self.cast["organisation"]
        self.organisation.name, self.organisation.languages = about["name"], about["languages"]
        self.organisation.set_up_at = self.now
        self.organisation.save()
        person, about = self.owner.person, self.cast["owner"]
        person.called, person.full_name = about["called"], about["full_name"]
        person.save()

    def _inbox(self, *, name, team, address, signature) -> Inbox:
        inbox = Inbox.objects.create(name=name, signature=signature, demo=True)
        inbox.teams.add(self.teams[team])
        Mailbox.objects.create(
            inbox=inbox, address=address, name=name, transport=Mailbox.POST_OFFICE, state=Mailbox.CONNECTED
        )
        return inbox

    def _member(self, key, *, called, full_name, role, teams) -> Member:
        return Member.welcome(
            email=f"{key}@marketstreet.example",
            called=called,
            full_name=full_name,
            role=role,
            demo=True,
            notify_mail=False,  # their addresses are nobody's
            teams=[self.teams[team] for team in teams],
        )

    def _person(self, *, called, full_name, email, phone="", matters="", **more) -> Person:
        since = self.now - timedelta(days=400)
        return Person.meet(
            called=called,
            full_name=full_name,
            email=email,
            phone=phone,
            what_matters=matters,
            demo=True,
            since=since,
            **more,
        )

    def _tell(self, story: Story) -> None:
        person, inbox = self.people[story.person], self.inboxes[story.inbox]
        assignee = self.members.get(story.assignee)
        conversation = Conversation.start(
            inbox=inbox,
            person=person,
            subject=story.subject,
            at=story.lines[0].at(self.today),
            assignee=assignee,
            demo=True,
        )
        Participant.objects.create(conversation=conversation, person=person, address=person.email, name=person.name)
        for line in story.lines:
            self._say(conversation, line)
        for tag in story.tags:
            Tagging.objects.create(
                conversation=conversation, tag=Tag.objects.get_or_create(name=tag, defaults={"demo": True})[0]
            )
        self._rest(conversation, story, assignee)

    def _say(self, conversation: Conversation, line: Line) -> None:
        person, member = conversation.person, self.members.get(line.by)
        author = member.person if member else person
        about = {"author": author, "text": line.text, "at": line.at(self.today)}
        if line.seat == "note":
            add_message(
                conversation, verb="note_written", by=author, seat="ours", kind=NOTE, state=KEPT, channel="", **about
            )
            return
        ours = line.seat == "ours"
        message = add_message(
            conversation,
            verb="message_written" if ours else "message_received",
            by=author,
            seat=line.seat,
            subject=conversation.subject,
            state=SENT if ours else RECEIVED,
            message_id=f"<{conversation.id}.{line.day}.{line.at(self.today):%H%M}@demo.example>",
            **about,
        )
        house = Address(conversation.inbox.mailboxes.first().address, conversation.inbox.name)
        them = Address(person.email, person.full_name or person.name)
        sender, receiver = (house, them) if ours else (them, house)
        for role, who in (("from", sender), ("to", receiver)):
            Recipient.objects.create(message=message, role=role, address=who.address, name=who.name)
        if ours:
            PostOfficeLetter.objects.create(
                at=message.at, sender=sender.address, recipient=receiver.address, raw=_raw(message, sender, receiver)
            )

    def _rest(self, conversation: Conversation, story: Story, assignee: Member | None) -> None:
        """Leave the conversation as the story says, with everything but the open ones read by everyone."""
        if story.state == DONE:
            conversation.state = DONE
            Closure.objects.create(
                conversation=conversation, by=(assignee or self.owner).person, at=conversation.last_at
            )
        elif story.state == SNOOZED:
            conversation.state, conversation.snoozed_until = SNOOZED, self.now + timedelta(days=2)
        conversation.save(update_fields=["state", "snoozed_until"])
        if story.state != OPEN:
            everyone = [*self.members.values(), self.owner]
            Reading.objects.bulk_create(
                Reading(conversation=conversation, member=member, message_id=conversation.newest_id)
                for member in everyone
            )


def _raw(message, sender: Address, receiver: Address) -> bytes:
    """The letter as the post office holds it."""
    letter = EmailMessage()
    letter["From"] = f'"{sender.name}" <{sender.address}>'
    letter["To"] = receiver.address
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(message.at)
    letter["Message-ID"] = message.message_id
    letter.set_content(message.text)
    return letter.as_bytes()
