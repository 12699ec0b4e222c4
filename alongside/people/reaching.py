"""Taking an address off a person, when it was never theirs or is no longer."""

from django.db import transaction

from alongside.events.models import record
from alongside.people.models import Identity, Person


def stop_reaching(identity: Identity, *, by: Person) -> None:
    """Forget that the person is reached there; what was said stays. Records `people.identity_removed`."""
    with transaction.atomic():
        record("people.identity_removed", by=by, subject=identity.person,
               data={"identity": identity.id, "kind": identity.kind})
        identity.delete()
