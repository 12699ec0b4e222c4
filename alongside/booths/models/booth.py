"""A booth: the page itself, for whom it was opened, and whether it is open."""

import secrets

from django.db import models, transaction
from django.utils import timezone

from alongside.booths.syncing.beginning import first_words
from alongside.events.models import record
from alongside.live.models import changed
from alongside.people.models import Person

OPEN, ENDED = "open", "ended"
MOST_GOAL = 2_000  # letters of the goal that are kept for lists
ON_THE_TABLE = ("goal", "steps", "lines", "files", "endings", "lessons")  # parts whose change brings it up in lists


class NotOpen(ValueError):
    """The booth has ended; it has to be opened again first."""


class Full(ValueError):
    """There is as much of it on the table as fits."""


def new_code() -> str:
    """What stands for a booth in addresses: sixteen characters that nobody guesses, and that are no permission."""
    return secrets.token_urlsafe(12)


class BoothQuerySet(models.QuerySet):
    """Booths by who may see them."""

    def visible_to(self, principal):
        """Members see all; a guest the one they were let into; a person those that were opened for them."""
        if principal.serves:
            return self
        if principal.kind == "guest":
            return self.filter(participants=principal.participant_id, participants__removed_at=None)
        if principal.kind == "person":
            theirs = models.Q(person=principal.person_id) | models.Q(person__merged_into=principal.person_id)
            return self.filter(theirs)
        return self.none()

    def open(self):
        """Those where work goes on, the newest first."""
        return self.filter(state=OPEN).order_by("-touched_at", "-id")

    def of(self, person: Person):
        """Every booth of this person, the newest first."""
        return self.filter(person_id__in=person.cluster_ids).order_by("-touched_at", "-id")


class Booth(models.Model):
    """One shared page. `goal` is its goal in plain words, kept for lists; the goal itself lies in the shared document.

    `conversation_id` and `visit_id` say where it was opened; those rooms stand beside this one. `touched_at` is when
    something on the table last changed.
    """

    code = models.CharField(max_length=24, unique=True, default=new_code, db_collation="C")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="booths")
    conversation_id = models.BigIntegerField(null=True)
    visit_id = models.BigIntegerField(null=True)
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    goal = models.TextField(blank=True)
    state = models.CharField(max_length=5, default=OPEN, choices=[(OPEN, OPEN), (ENDED, ENDED)])
    ended_at = models.DateTimeField(null=True)
    demo = models.BooleanField(default=False, editable=False)

    objects = BoothQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-touched_at", "-id"], name="booth_open", condition=models.Q(state=OPEN)),
            models.Index(fields=["person", "-touched_at"], name="booth_by_person"),
            models.Index(fields=["conversation_id"], name="booth_by_conversation"),
        ]

    def __str__(self):
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether work goes on."""
        return self.state == OPEN

    @property
    def topic(self) -> str:
        """The live topic of everything on the table that is a row."""
        return f"booth:{self.code}"

    @classmethod
    def open(cls, *, by: Person, person: Person | None = None, conversation_id: int | None = None,
             visit_id: int | None = None, goal: str = "", at=None, demo: bool = False) -> "Booth":
        """Open a booth for `person` (or for whoever will come). Records `booth.opened`.

        `goal` are first words for the goal; whoever opens the page finds them written there.
        """
        with transaction.atomic():
            at = at or timezone.now()
            booth = cls.objects.create(person=person and person.standing(), conversation_id=conversation_id,
                                       visit_id=visit_id, opened_by=by, opened_at=at, touched_at=at,
                                       goal=goal.strip()[:MOST_GOAL], demo=demo)
            if booth.goal:
                booth.updates.create(data=first_words(booth.goal))
            record("booth.opened", by=by, subject=booth.person, at=at, data=booth.ids())
            booth.tell("booth")
        return booth

    def end(self, *, by: Person | None, at=None) -> None:
        """Everything was said: nothing on the page changes any more. Records `booth.ended`; twice is harmless."""
        with transaction.atomic():
            if not self.hold().is_open:
                return
            self.state, self.ended_at = ENDED, at or timezone.now()
            self.save(update_fields=["state", "ended_at"])
            record("booth.ended", by=by, subject=self.person, at=self.ended_at, data=self.ids())
            self.tell("booth")

    def reopen(self, *, by: Person | None) -> None:
        """Go on where it ended, also years later. Records `booth.reopened`; an open one stays as it is."""
        with transaction.atomic():
            if self.hold().is_open:
                return
            self.state, self.ended_at, self.touched_at = OPEN, None, timezone.now()
            self.save(update_fields=["state", "ended_at", "touched_at"])
            record("booth.reopened", by=by, subject=self.person, data=self.ids())
            self.tell("booth")

    def belong_to(self, person: Person | None, *, by: Person) -> None:
        """Say whose booth it is, once that is known. Records `booth.named`; the same again is harmless."""
        with transaction.atomic():
            person = person and person.standing()
            if self.hold().person_id == (person and person.id):
                return
            self.person = person
            self.save(update_fields=["person"])
            record("booth.named", by=by, subject=person, data=self.ids())
            self.tell("booth")

    def hold(self) -> "Booth":
        """Lock the row until the transaction ends and take over what it says now. Typing goes on meanwhile."""
        now = Booth.objects.select_for_update(of=("self",), no_key=True).get(pk=self.pk)
        for name in ("state", "ended_at", "person_id", "goal", "touched_at"):
            setattr(self, name, getattr(now, name))
        return self

    def refuse_ended(self) -> None:
        """Raises NotOpen when nothing may change any more."""
        if not self.is_open:
            raise NotOpen("it has ended")

    def tell(self, part: str) -> None:
        """Say to open pages which part of the table changed, and to lists and cards that the booth did."""
        if part in ON_THE_TABLE:
            Booth.objects.filter(pk=self.pk).update(touched_at=timezone.now())
        changed(self.topic, part=part)
        changed("booths:all")
        if self.person_id:
            changed(f"person:{self.person_id}")

    def ids(self, **more) -> dict:
        """What events say of it."""
        return {"booth": self.id, **more}
