"""Who sits in a booth: a member who serves, or a guest who came by a link. Which it is, we say, never they."""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from alongside.booths.models.booth import Booth
from alongside.booths.models.link import EDIT, ROLES, BoothLink
from alongside.events.models import record
from alongside.keys.models import Key
from alongside.lib.text import one_line
from alongside.members.models import Member
from alongside.people.models import Person

OURS, YOURS = "ours", "yours"
SESSION = "booth_session"
SESSION_LASTS = timedelta(days=30)
LONGEST_NAME = 60
TICKS = "✓✔☑✅🗸🗹⍻"


class ParticipantQuerySet(models.QuerySet):
    """Participants by who may see them, and by who may still come in."""

    def visible_to(self, principal):
        """Whoever sees the booth sees who sits in it."""
        return self.filter(booth__in=Booth.objects.visible_to(principal))

    def seated(self):
        """Those who were not asked out."""
        return self.filter(removed_at=None)


class Participant(models.Model):
    """One of those who share the page. A guest has a `link` and a `session`; a member has neither.

    `person` is who they are known to be: a member's own record; for a guest only what a member said. The name that a
    guest gave identifies nobody.
    """

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=LONGEST_NAME)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    link = models.ForeignKey(BoothLink, null=True, on_delete=models.SET_NULL, related_name="participants")
    session = models.ForeignKey(Key, null=True, on_delete=models.SET_NULL, related_name="+")
    is_guest = models.BooleanField()
    role = models.CharField(max_length=4, choices=[(role, role) for role in ROLES], default=EDIT)
    joined_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booth", "member"], name="booth_member_once",
                                    condition=models.Q(member__isnull=False)),
        ]

    def __str__(self):
        return self.name

    @property
    def side(self) -> str:
        """Whose side they sit on: ours or yours."""
        return YOURS if self.is_guest else OURS

    @property
    def may_edit(self) -> bool:
        """Whether they may change what lies on the table."""
        return self.role == EDIT and self.removed_at is None

    @classmethod
    def sit_down(cls, booth: Booth, member: Member) -> "Participant":
        """The member's place in the booth, made when they come the first time."""
        place, new = cls.objects.get_or_create(
            booth=booth, member=member,
            defaults={"name": clean_name(member.person.name), "person": member.person, "is_guest": False})
        if new:
            booth.tell("present")
        return place

    @classmethod
    def join(cls, link: BoothLink, name: str) -> tuple["Participant", str]:
        """A guest comes in by a link and says how they like to be called. Records `booth.joined`.

        Returns the participant and the token of their session, which is shown this once. Raises ValueError without a
        name.
        """
        name = clean_name(name)
        if not name:
            raise ValueError("a name to be called by")
        with transaction.atomic():
            booth = link.booth
            guest = cls.objects.create(booth=booth, name=name, link=link, is_guest=True, role=link.role)
            guest.session, token = Key.issue(SESSION, lasts=SESSION_LASTS, data={"participant": guest.id})
            guest.save(update_fields=["session"])
            record("booth.joined", subject=booth.person, data=booth.ids(participant=guest.id))
            booth.tell("present")
        return guest, token

    @classmethod
    def of_session(cls, token: str | None) -> "Participant | None":
        """The guest whose living session this is, let in by a link that still holds; None otherwise."""
        key = Key.objects.find(token, SESSION) if token else None
        if key is None:
            return None
        found = cls.objects.seated().select_related("booth__person", "link__key").filter(session=key).first()
        return found if found and found.link and found.link.holds else None

    def be_called(self, name: str) -> None:
        """Call this guest otherwise. Raises ValueError without a name."""
        name = clean_name(name)
        if not name:
            raise ValueError("a name to be called by")
        with transaction.atomic():
            self.name = name
            self.save(update_fields=["name"])
            self.booth.tell("present")

    def is_known_as(self, person: Person | None, *, by: Person) -> None:
        """Say who this guest is, or (None) that it is not known after all. Records `booth.guest_known`.

        A member is known already; the same again is harmless.
        """
        with transaction.atomic():
            held = Participant.objects.select_for_update().get(pk=self.pk)
            person = person and person.standing()
            if not held.is_guest or held.person_id == (person and person.id):
                return
            Participant.objects.filter(pk=self.pk).update(person=person)
            self.person = person
            record("booth.guest_known", by=by, subject=person, data=self.booth.ids(participant=self.id))
            self.booth.tell("present")

    def remove(self, *, by: Person) -> None:
        """Ask a guest out: their session ends now. Records `booth.removed`; a second time is harmless."""
        with transaction.atomic():
            held = Participant.objects.select_for_update().get(pk=self.pk)
            if held.removed_at or not held.is_guest:
                return
            self.removed_at, self.removed_by = timezone.now(), by
            self.save(update_fields=["removed_at", "removed_by"])
            if held.session:
                held.session.revoke(by=by)
            record("booth.removed", by=by, subject=self.booth.person, data=self.booth.ids(participant=self.id))
            self.booth.tell("present")


def clean_name(name: str) -> str:
    """A name as it may be shown: one line, without ticks, which would pretend that somebody vouches for it."""
    return one_line(name.translate(dict.fromkeys(map(ord, TICKS), " ")))[:LONGEST_NAME].strip()
