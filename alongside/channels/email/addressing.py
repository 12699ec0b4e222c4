"""Which addresses are ours, so that a reply never goes to ourselves."""

from alongside.channels.email.models import Mailbox


def our_addresses() -> list[str]:
    """Every address that a mailbox of ours holds."""
    return [address.casefold() for address in Mailbox.objects.values_list("address", flat=True)]
