"""What the mail room holds of a person: letters as they came and as they left, byte by byte."""

import re
from email import message_from_bytes, policy

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.channels.email.models import HouseLetter, Outgoing, PostOfficeLetter, RawMail
from alongside.conversations.erasing import touched
from alongside.conversations.models import Message
from alongside.people.belongings import Belonging, Kind, register
from alongside.people.models import EMAIL, Identity

BATCH = 500
PLACE = re.compile(r"/(conversations|people)/(\d{1,18})\b")


class Mail(Belonging):
    """Mail in its bytes. It goes before the conversations do, for they say whose it is."""

    name, label, order = "mail", _("Mail as it came"), 95
    shown_in_merging = False
    kinds = (Kind("raw_mail", _("Mail as it came, byte by byte; what was said stays in the conversation"), None),)

    def export(self, person_ids):
        """When each came; the bytes themselves are files of the copy."""
        return [{"id": each.id, "received_at": each.received_at.isoformat(), "from": each.envelope_from}
                for each in raw_of(person_ids).defer("raw").order_by("received_at", "id")]

    def erase(self, person_ids, how):
        """It goes either way: every byte of it tells who wrote. What waits to leave is not sent any more."""
        addresses = addresses_of(person_ids)
        gone = _forget_what_members_were_told(person_ids)
        gone += raw_of(person_ids).delete()[0]
        gone += RawMail.objects.filter(message__in=touched(person_ids).quoting).delete()[0]
        gone += Outgoing.objects.filter(_of(person_ids, "message__")).delete()[0]
        gone += PostOfficeLetter.objects.filter(_of(person_ids, "message__")).delete()[0]
        if addresses:
            gone += HouseLetter.objects.filter(_any_of("to", addresses)).delete()[0]
            between = _any_of("recipient", addresses) | _any_of("sender", addresses)
            gone += PostOfficeLetter.objects.filter(between).delete()[0]
        for address in addresses:
            with connection.cursor() as cursor:  # jobs that failed keep what they were to do
                cursor.execute("DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND args->>'address' ILIKE %s",
                               [address.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")])
        return gone

    def expired(self, kind, before):
        """How many were read before that; what could not be read yet stays."""
        return self._old(before).count()

    def discard(self, kind, before):
        """Remove them, a batch at a time."""
        gone = 0
        while ids := list(self._old(before).values_list("id", flat=True)[:BATCH]):
            gone += RawMail.objects.filter(id__in=ids).delete()[0]
        return gone

    def _old(self, before):
        resting = Q(message=None) | Q(message__conversation__state="done")
        return RawMail.objects.filter(resting, received_at__lt=before, state__in=[RawMail.TAKEN, RawMail.ASIDE])


def raw_of(person_ids):
    """The mails that became messages of theirs, or came from an address of theirs and became none."""
    theirs = RawMail.objects.filter(message__in=Message.objects.filter(_of(person_ids)).values("id"))
    addresses = addresses_of(person_ids)
    if not addresses:
        return theirs
    apart = Q(message=None) & (_any_of("sender", addresses) | _any_of("envelope_from", addresses))
    return RawMail.objects.filter(Q(id__in=theirs.values("id")) | apart)


def addresses_of(person_ids) -> list[str]:
    """Their addresses that nobody else is reached at."""
    theirs = Identity.objects.filter(kind=EMAIL, person__in=person_ids).values_list("key", flat=True)
    shared = Identity.objects.filter(kind=EMAIL, key__in=list(theirs)).exclude(person__in=person_ids)
    return sorted(set(theirs) - set(shared.values_list("key", flat=True)))


def _forget_what_members_were_told(person_ids) -> int:
    """Letters of the house to a member that name somebody: they lead to a conversation of theirs, or to their page."""
    found = touched(person_ids)
    talks = {*found.conversations,
             *Message.objects.filter(id__in=found.elsewhere).values_list("conversation", flat=True)}
    places = {("conversations", id) for id in talks} | {("people", id) for id in person_ids}
    gone = 0
    for letters in (HouseLetter.objects.all(), PostOfficeLetter.objects.filter(message=None)):
        ids = [letter.id for letter in letters.iterator(chunk_size=100) if _leads_to(bytes(letter.raw)) & places]
        gone += letters.filter(id__in=ids).delete()[0]
    return gone


def _leads_to(raw: bytes) -> set[tuple[str, int]]:
    """What the links in a letter that we wrote ourselves lead to."""
    text = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    return {(kind, int(id)) for kind, id in PLACE.findall(text.get_content() if text else "")}


def _of(person_ids, prefix: str = "") -> Q:
    return Q(**{f"{prefix}conversation__person__in": person_ids}) | Q(**{f"{prefix}author__in": person_ids})


def _any_of(column: str, addresses: list[str]) -> Q:
    found = Q()
    for address in addresses:
        found |= Q(**{f"{column}__iexact": address})
    return found


register(Mail())
