"""Saying a reminder: a kind letter to an address the person proved to be theirs, with a way back to the page."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.booths.handing import LASTS, address_of, in_their_language
from alongside.booths.models import BoothLink, Reminder
from alongside.booths.models.link import MAILED
from alongside.booths.models.reminder import MAIL, PAGE
from alongside.lib import letters
from alongside.look.times import full_words
from alongside.members.models import Organisation
from alongside.members.zones import zone_of
from alongside.people.models import EMAIL, Identity, Person
from alongside.promises.times import day_and_hour


def say(id: int) -> None:
    """Say the reminder, once, if it is still wanted: by a letter where they proved an address, else on the page alone.

    A letter that nobody took leaves it on the page as well, where it says so.
    """
    with transaction.atomic():
        reminder = Reminder.due(id)
        if reminder is None:
            return
        person = reminder.step.booth.person and reminder.step.booth.person.standing()
        identity = _proved(person) if person else None
        reminder.was_said(MAIL if identity and _write(reminder, identity, person) else PAGE)


def _proved(person: Person) -> Identity | None:
    found = Identity.objects.filter(person__in=person.cluster_ids, kind=EMAIL).exclude(verified_at=None)
    return found.order_by("-preferred", "id").first()


def _write(reminder: Reminder, identity: Identity, person: Person) -> bool:
    booth, by = reminder.step.booth, reminder.by and reminder.by.person
    link, token = BoothLink.make(booth, by=by, lasts=LASTS, way=MAILED)
    zone = zone_of(person.zone, Organisation.ours().zone)
    with in_their_language(person), timezone.override(zone):
        subject, text = letter(reminder, person, token)
        taken = letters.send(to=identity.value, subject=subject, text=text)
    if not taken:
        link.revoke(by=by)
    return taken


def letter(reminder: Reminder, person: Person, token: str) -> tuple[str, str]:
    """Subject and words of the letter, in the language and zone that are active."""
    step, booth, house = reminder.step, reminder.step.booth, Organisation.ours().name
    name = reminder.by.name if reminder.by else house
    due = _(" (by %(when)s)") % {"when": day_and_hour(step.due_at, step.whole_day)} if step.due_at else ""
    parts = [
        _("Hello %(name)s,") % {"name": person.name} if person.name else _("Hello,"),
        _("on the page that we have shared since %(day)s, this is with you:") % {"day": full_words(booth.opened_at)},
        f"“{step.words}”{due}",
        _("If it is done, tick it off there. If something is in the way, write it there, and we will see what we can "
          "do. And if it does not matter any more, that is fine too; say so, and we will not ask again."),
        address_of(token),
        f"{name}, {house}" if house and house != name else name,
    ]
    return _("Something small that is with you"), "\n\n".join(parts) + "\n"
