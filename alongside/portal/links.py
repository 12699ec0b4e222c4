"""The link to one's own page: sent to an address that is known, opened by a look, spent by its button."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from alongside.keys.models import Key
from alongside.lib import letters
from alongside.members.models import Organisation
from alongside.members.zones import language_of
from alongside.people.models import EMAIL, Identity, Person, identity_key
from alongside.people.proving import prove

PURPOSE = "my_page"
LASTS = timedelta(hours=1)
MOST_AT_ONE_ADDRESS = 10


def ask(address: str) -> int:
    """Write to whoever may have a link at `address`, each a letter of their own; how many were written.

    One whom we know there alone is written to, unless the address is a guess of ours. Where several share it, only
    those are who have proved it before: for the others a member sends the link from the card.
    """
    known = _known_at(address)
    return sum(send(person, identity) for person, identity in known)


def send(person: Person, identity: Identity, *, by: Person | None = None) -> bool:
    """Write a link, good once within the hour, to one address of theirs. True when the letter was taken."""
    _key, token = Key.issue(PURPOSE, by=by, subject=person, lasts=LASTS, uses=1, data={"identity": identity.id})
    house = Organisation.ours()
    with override(language_of(person.language, house.language) or get_language()):
        subject = _("Your page at %(house)s") % {"house": house.name or "Alongside"}
        return letters.send(to=identity.value, subject=subject, text=_(
            "Hello %(name)s,\n\nhere is your page: what we talked about, what we promised, and everything we keep "
            "about you. Open this link within an hour, and press the button there:\n\n%(url)s\n\nIf you did not "
            "ask for it, do nothing; then nothing happens."
        ) % {"name": person.name, "url": settings.PUBLIC_URL + reverse("my_link", args=[token])})  # fmt: skip


def addresses_of(person: Person) -> list[Identity]:
    """The mail addresses a link could go to, those they have proved first."""
    found = Identity.objects.filter(person__in=person.cluster_ids, kind=EMAIL).select_related("person")
    return sorted(found, key=lambda each: (each.verified_at is None, not each.preferred, each.id))


def look_at(token: str) -> Person | None:
    """Whose page the link opens, without spending it; None when it opens nothing."""
    held = _held_by(Key.objects.find(token, PURPOSE))
    return held and held[0]


def spend(token: str) -> Person | None:
    """Use the link, once: whose page it opens. Who holds it reads the letters sent there, so the address is proved."""
    with transaction.atomic():
        held = _held_by(Key.objects.spend(token, PURPOSE))
        if held is None:
            return None
        prove(held[1])
        return held[0]


def _held_by(key: Key | None) -> tuple[Person, Identity] | None:
    """Whose link it is; an address that was taken off the card since opens nothing."""
    if key is None or key.subject_id is None:
        return None
    person = key.subject.standing()
    identity = Identity.objects.filter(pk=key.data.get("identity"), person__in=person.cluster_ids).first()
    return (person, identity) if identity else None


def _known_at(address: str) -> list[tuple[Person, Identity]]:
    found = Identity.objects.filter(kind=EMAIL, key=identity_key(EMAIL, address)).exclude(provenance="guessed")
    known: dict[int, tuple[Person, Identity]] = {}
    for identity in found.select_related("person__merged_into").order_by("verified_at", "id"):
        person = identity.person.standing()
        known.setdefault(person.id, (person, identity))
    if len(known) > 1:
        known = {id: pair for id, pair in known.items() if pair[1].verified_at}
    return list(known.values())[:MOST_AT_ONE_ADDRESS]
