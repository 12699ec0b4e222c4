"""An address is proved: whoever has it has shown that they read what is sent there."""

from django.db import transaction
from django.utils import timezone

from alongside.events.models import record
from alongside.people.models import Identity


def prove(identity: Identity) -> None:
    """They are reached there. Records `people.identity_verified`, the first time."""
    with transaction.atomic():
        unproved = Identity.objects.filter(pk=identity.pk, verified_at=None)
        if unproved.update(provenance="verified", verified_at=timezone.now()):
            record("people.identity_verified", by=identity.person, subject=identity.person,
                   data={"identity": identity.id, "kind": identity.kind})
            identity.person.tell_screens()
    identity.refresh_from_db()
