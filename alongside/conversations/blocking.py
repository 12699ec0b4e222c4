"""Blocking an address or a whole domain, and letting it through again."""

from django.db import transaction

from alongside.conversations.letters import Address, BadAddress, one_line
from alongside.conversations.models import Block
from alongside.conversations.recipients import own_addresses
from alongside.events.models import record
from alongside.live.models import changed
from alongside.people.models import EMAIL, Identity, Person

MOST_HINTS = 200  # people of one domain whose screens are told at once; others show it when they are opened


class OurOwn(ValueError):
    """The address, or one in the domain, is one at which we receive."""


def block(address: str, *, by: Person, why: str = "") -> Block:
    """Mail from `address` (or `@domain`) goes to spam from now on. Records `conversations.blocked`.

    Blocking what is blocked gives the block that stands. Raises BadAddress, and OurOwn for an address of ours.
    """
    address = address.strip().casefold()
    if address.startswith("@") and "." not in address:
        raise BadAddress(address)
    Address(f"any{address}" if address.startswith("@") else address).checked()
    if any(ours == address or ours.endswith(address) and address[0] == "@" for ours in own_addresses.all()):
        raise OurOwn(address)
    with transaction.atomic():
        found, new = Block.objects.get_or_create(address=address, defaults={"by": by, "why": one_line(why, 240)})
        if new:
            record("conversations.blocked", by=by, data={"block": found.id})
            _hint(address)
    return found


def unblock(block: Block, *, by: Person) -> None:
    """Let it through again; what came meanwhile stays where it is. Records `conversations.unblocked`."""
    with transaction.atomic():
        record("conversations.unblocked", by=by, data={"block": block.id})
        block.delete()
        _hint(block.address)


def _hint(address: str) -> None:
    """Say to open screens that something changed for those who write from `address` (or `@domain`)."""
    mails = Identity.objects.filter(kind=EMAIL)
    of_it = mails.filter(key__endswith=address) if address.startswith("@") else mails.filter(key=address)
    for person_id, merged_into_id in of_it.values_list("person_id", "person__merged_into_id")[:MOST_HINTS]:
        changed(f"person:{merged_into_id or person_id}")
