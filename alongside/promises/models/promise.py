"""A promise: what we said to a person, who keeps it, by when; and the verbs that settle it."""

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from alongside.events.models import record
from alongside.live.models import changed
from alongside.members.models import Member
from alongside.people.models import Person, TheirsQuerySet
from alongside.promises.models.change import PromiseChange

OPEN, KEPT, BROKEN, WITHDRAWN = "open", "kept", "broken", "withdrawn"
STATES = (OPEN, KEPT, BROKEN, WITHDRAWN)
EVERYONE = "promises:all"  # the live topic of the members' list


class NotNow(ValueError):
    """The promise is not in a state for that: it was settled already, or its time has come."""


class PromiseQuerySet(TheirsQuerySet):
    """Promises by to whom they were made, and by whether they are to be kept."""

    def open(self):
        """Those that are still to be kept, the most pressing first."""
        return self.filter(state=OPEN).order_by("due_at", "id")

    def shown(self):
        """With everyone that a line names."""
        return self.select_related("person__merged_into", "owner__person", "made_by")


class Promise(models.Model):
    """What we said. Without an `owner` it is kept by whoever is here. `whole_day`: by the end of that day.

    `conversation_id` with `message_id`, or `visit_id`, say where it was made; their rooms stand above this one and tell
    it by `promises.origins`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="promises")
    words = models.CharField(max_length=300)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="promises_made")
    owner = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="promises")
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    whole_day = models.BooleanField(default=False)
    state = models.CharField(max_length=9, default=OPEN, choices=[(state, state) for state in STATES])
    settled_at = models.DateTimeField(null=True)
    conversation_id = models.BigIntegerField(null=True)
    message_id = models.BigIntegerField(null=True)
    visit_id = models.BigIntegerField(null=True)
    demo = models.BooleanField(default=False, editable=False)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="promise_open", condition=models.Q(state=OPEN)),
            models.Index(fields=["owner", "due_at"], name="promise_of_owner", condition=models.Q(state=OPEN)),
            models.Index(fields=["settled_at"], name="promise_settled", condition=~models.Q(state=OPEN)),
        ]

    def __str__(self):
        return self.words

    @property
    def is_late(self) -> bool:
        """Whether its time passed before it was settled."""
        return (self.settled_at or timezone.now()) > self.due_at

    @classmethod
    def make(cls, *, person: Person, words: str, due_at: datetime, by: Person, owner: Member | None = None,
             whole_day: bool = False, conversation_id: int | None = None, message_id: int | None = None,
             visit_id: int | None = None, at: datetime | None = None, demo: bool = False) -> "Promise":
        """Promise `words` to `person` by `due_at`. Records `promises.made`.

        Raises ValueError without words, or for a time that had passed when it was made.
        """
        at, words = at or timezone.now(), words.strip()[:300]
        if not words or due_at <= at:
            raise ValueError("a promise needs words and a time that is still to come")
        with transaction.atomic():
            promise = cls.objects.create(
                person=person, words=words, made_by=by, owner=owner, made_at=at, due_at=due_at, whole_day=whole_day,
                conversation_id=conversation_id, message_id=message_id, visit_id=visit_id, demo=demo)
            record("promises.made", by=by, subject=person, at=at, data=promise._ids())
            promise._hint()
        return promise

    def keep(self, *, by: Person, at: datetime | None = None) -> None:
        """It was done. Records `promises.kept`; a second time is harmless. Raises NotNow for one that was not."""
        with transaction.atomic():
            if self._hold().state == KEPT:
                return
            self._refuse_settled()
            at = self._settle(KEPT, by, at=at)
            record("promises.kept", by=by, subject=self.person, at=at, data=self._ids())

    def break_(self, why: str, amends: str, *, by: Person, at: datetime | None = None) -> None:
        """It will not be kept, or was not: say `why`, and what was done about it. Records `promises.broken`.

        Raises ValueError without both, NotNow for one that was settled.
        """
        why, amends = why.strip(), amends.strip()
        if not (why and amends):
            raise ValueError("say why, and what was done about it")
        with transaction.atomic():
            self._hold()
            self._refuse_settled()
            at = self._settle(BROKEN, by, at=at, why=why, amends=amends)
            record("promises.broken", by=by, subject=self.person, at=at, data=self._ids())

    def withdraw(self, *, by: Person, why: str = "") -> None:
        """It is not wanted any more, or was written down by mistake. Records `promises.withdrawn`."""
        with transaction.atomic():
            self._hold()
            self._refuse_settled()
            self._settle(WITHDRAWN, by, why=why.strip())
            record("promises.withdrawn", by=by, subject=self.person, data=self._ids())

    def reopen(self, *, by: Person) -> None:
        """Take back that it was settled. Records `promises.reopened`; an open one stays as it is."""
        with transaction.atomic():
            if self._hold().state == OPEN:
                return
            self._settle(OPEN, by)
            record("promises.reopened", by=by, subject=self.person, data=self._ids())

    def renegotiate(self, due_at: datetime, words: str, *, by: Person, whole_day: bool = False,
                    at: datetime | None = None) -> None:
        """Agree on another time before the first has come; `words` are what was said to the person.

        Records `promises.renegotiated`. Raises NotNow once it is due or settled, ValueError without words or for a
        time that has passed.
        """
        at, words = at or timezone.now(), words.strip()
        if not words or due_at <= at:
            raise ValueError("another time that is still to come, and what was said to them")
        with transaction.atomic():
            self._hold()
            self._refuse_settled()
            if self.due_at <= at:
                raise NotNow("it was due")
            self._step("renegotiated", by, at=at, why=words, old_due_at=self.due_at, new_due_at=due_at)
            self.due_at, self.whole_day = due_at, whole_day
            self.save(update_fields=["due_at", "whole_day"])
            record("promises.renegotiated", by=by, subject=self.person, at=at, data=self._ids())

    def hand_over(self, member: Member | None, *, by: Person) -> None:
        """Have `member` keep it (None: whoever is here). Records `promises.handed_over`; to the same is harmless."""
        with transaction.atomic():
            before = self._hold().owner
            self._refuse_settled()
            if before == member:
                return
            self.owner = member
            self.save(update_fields=["owner"])
            self._step("handed_over", by, old_owner=before, new_owner=member)
            record("promises.handed_over", by=by, subject=self.person,
                   data={**self._ids(), "member": member.id if member else None})
            if before:
                changed(f"member:{before.id}")

    def _hold(self) -> "Promise":
        """Lock the row until the transaction ends and take over what it says now."""
        now = Promise.objects.select_for_update(of=("self",)).get(pk=self.pk)
        for name in ("state", "due_at", "whole_day", "owner_id", "settled_at", "words"):
            setattr(self, name, getattr(now, name))
        return self

    def _refuse_settled(self) -> None:
        if self.state != OPEN:
            raise NotNow("it was settled")

    def _settle(self, state: str, by: Person, *, at: datetime | None = None, **told) -> datetime:
        at = at or timezone.now()
        self.state, self.settled_at = state, None if state == OPEN else at
        self.save(update_fields=["state", "settled_at"])
        self._step("reopened" if state == OPEN else state, by, at=at, **told)
        return at

    def _step(self, kind: str, by: Person, **told) -> None:
        PromiseChange.objects.create(promise=self, kind=kind, by=by, **told)
        self._hint()

    def _hint(self) -> None:
        """Say to open screens that it changed: the person's, the owner's rail, the list of all."""
        changed(f"person:{self.person_id}")
        if self.person.merged_into_id:
            changed(f"person:{self.person.merged_into_id}")
        if self.owner_id:
            changed(f"member:{self.owner_id}")
        changed(EVERYONE)

    def _ids(self) -> dict:
        return {"promise": self.id}
