"""Taking an address off a person, when it is theirs no longer, and choosing the one to write to."""

from django.db import transaction

from alongside.events.models import record
from alongside.people.models import Identity, Person


def stop_reaching(identity: Identity, *, by: Person) -> None:
    """Forget that the person is reached there; what was said stays. Records `people.identity_removed`."""
    with transaction.atomic():
        record("people.identity_removed", by=by, subject=identity.person,
               data={"identity": identity.id, "kind": identity.kind})
        identity.person.tell_screens()
        identity.delete()


def prefer(identity: Identity, *, by: Person) -> None:
    """Reach them there first from now on, whichever of their rows it hangs on. Records `people.identity_preferred`."""
    with transaction.atomic():
        head = identity.person.standing()
        others = Identity.objects.filter(person__in=head.cluster_ids, kind=identity.kind)
        others.exclude(pk=identity.pk).update(preferred=False)
        Identity.objects.filter(pk=identity.pk).update(preferred=True)
        record("people.identity_preferred", by=by, subject=identity.person,
               data={"identity": identity.id, "kind": identity.kind})
        head.tell_screens()
