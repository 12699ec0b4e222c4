"""What this room holds of a person: every word between us, and what colleagues noted beside it."""

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.conversations import erasing
from alongside.conversations.models import DONE, SPAM, TRASH, UNDONE, Conversation, Message, Participant
from alongside.events.models import record
from alongside.files.models import drop_files
from alongside.people.belongings import ANONYMISE, Belonging, Item, Kind, Told, register, retell
from alongside.people.models import Person

BATCH = 200


class Conversations(Belonging):
    """Conversations with all that was said in them. They stay with whom they began until somebody moves them."""

    name, label, order = "conversations", gettext_lazy("Conversations"), 50
    kinds = (Kind("conversations", gettext_lazy("Conversations that are done")),)

    def count(self, person_ids):
        """How many conversations."""
        return Conversation.objects.with_person(person_ids).whole().count()

    def held(self, person_ids):
        """Every message, and every note beside one."""
        return [
            Told(_what(message), message.text, message.at, by=_name(message.author),
                 details={_("about"): message.conversation.subject} if message.conversation.subject else {})
            for message in _said(person_ids).select_related("author__merged_into", "conversation").order_by("at", "id")
        ]

    def export(self, person_ids):
        """Each conversation whole, with the words, whom they went to and the names of files."""
        said = _said(person_ids).select_related("author__merged_into").prefetch_related(
            "recipients", "enclosures__file").order_by("at", "id")
        named = Q(person__in=person_ids) | Q(messages__in=said.values("id"))
        conversations = Conversation.objects.filter(named).distinct().select_related("inbox").order_by("created_at")
        return [
            {"subject": one.subject, "began": one.created_at.isoformat(), "state": one.state, "inbox": one.inbox.name,
             "messages": [_message(message) for message in one.said]}
            for one in conversations.prefetch_related(Prefetch("messages", queryset=said, to_attr="said"))
        ]

    def erase(self, person_ids, how):
        """Every word of it, with the files; when it is to be made nameless the empty rows stay, for the counts."""
        with transaction.atomic():
            return erasing.erase(list(person_ids), keep_rows=how == ANONYMISE)

    def since(self, person_ids, moment):
        """Conversations that began since."""
        began = Conversation.objects.with_person(person_ids).filter(created_at__gt=moment).order_by("created_at", "id")
        return [Item(one.id, one.subject or one.preview or _("A conversation"), one.created_at) for one in began]

    def move(self, ids, person_id):
        """They are with that person from now on, and what was written from the other's seat is theirs.

        Records `conversations.given` for each.
        """
        person = Person.objects.get(pk=person_id)
        retell("conversations.", "conversation", ids, person_id)
        for conversation in Conversation.objects.filter(pk__in=ids).select_related("person__merged_into"):
            before = conversation.whom.cluster_ids
            written = Message.objects.filter(conversation=conversation, author__in=before, seat="yours")
            written.update(author=person)
            Participant.objects.filter(conversation=conversation, person__in=before).update(person=person)
            Conversation.objects.filter(pk=conversation.pk).update(person=person)
            record("conversations.given", subject=person, data={"conversation": conversation.id})
        return len(ids)

    def expired(self, kind, before):
        """How many rest since then."""
        return _resting(before).count()

    def discard(self, kind, before):
        """Remove them, with their files."""
        gone = 0
        while ids := list(_resting(before).values_list("id", flat=True)[:BATCH]):
            with transaction.atomic():
                doomed = Conversation.objects.filter(Q(id__in=ids) | Q(merged_into__in=ids))
                files = erasing.files_in(Message.objects.filter(conversation__in=doomed).values("id"))
                doomed.delete()
                drop_files(files)
            gone += len(ids)
        return gone


def _said(person_ids):
    """What was said with them, and what they said in conversations with others; no stranger's words."""
    theirs = Q(conversation__person__in=person_ids) | Q(author__in=person_ids, seat="yours")
    return Message.objects.filter(theirs, held=False).exclude(state=UNDONE)


def _resting(before):
    resting = Conversation.objects.whole().filter(state__in=[DONE, SPAM, TRASH], last_at__lt=before)
    return resting.order_by("last_at", "id")


def _what(message: Message) -> str:
    if message.is_note:
        return _("Note among us")
    return _("Message from us") if message.seat == "ours" else _("Your message")


def _name(author: Person | None) -> str:
    return author.standing().name if author else ""


def _message(message: Message) -> dict:
    lines = [{"as": one.role, "address": one.address, "name": one.name}
             for one in message.recipients.all() if one.role != "bcc"]
    return {"kind": message.kind, "at": message.at.isoformat(), "by": _name(message.author),
            "from": "us" if message.seat == "ours" or message.is_note else "you", "channel": message.channel,
            "subject": message.subject, "text": message.text, "quoted": message.folded, "addresses": lines,
            "files": [enclosure.file.name for enclosure in message.enclosures.all()]}


register(Conversations())
