"""A conversation: one thread with a person, and the verbs that move it along."""

from django.db import models, transaction
from django.utils import timezone

from alongside.conversations.models.inbox import Inbox
from alongside.events.models import record
from alongside.live.models import changed
from alongside.members.models import Member, Team
from alongside.people.models import Person

OPEN, SNOOZED, DONE, SPAM, TRASH = "open", "snoozed", "done", "spam", "trash"
STATES = [OPEN, SNOOZED, DONE, SPAM, TRASH]
PRIORITIES = [(0, "usual"), (1, "soon"), (2, "now")]
SEATS = [("yours", "yours"), ("ours", "ours"), ("together", "together")]


class ConversationQuerySet(models.QuerySet):
    """Conversations by who may see them."""

    def visible_to(self, principal):
        """Those in inboxes that the principal's teams serve, and those given to or asked of this very member."""
        if principal.kind == "person":
            return self.filter(person_id=principal.person_id)
        if not principal.serves:
            return self.none()
        if principal.sees_everything:
            return self
        mine = models.Q(assignee_id=principal.member_id) | models.Q(mentions__member_id=principal.member_id)
        served = models.Q(inbox__in=Inbox.objects.visible_to(principal).values("id"))
        return self.filter(
            models.Exists(Conversation.objects.filter(pk=models.OuterRef("pk")).filter(served | mine))
        )

    def whole(self):
        """Without those that were merged into another."""
        return self.filter(merged_into=None)


class Conversation(models.Model):
    """One thread. `state` and the `last_*` columns are kept for the lists; who caused them is a row or an event."""

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="conversations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conversations")
    subject = models.CharField(max_length=500, blank=True)
    channel = models.CharField(max_length=20, default="email")
    state = models.CharField(max_length=8, default=OPEN, choices=[(s, s) for s in STATES])
    assignee = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="conversations")
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="conversations")
    priority = models.PositiveSmallIntegerField(default=0, choices=PRIORITIES)
    created_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)  # of the newest message or note; orders every list
    last_seat = models.CharField(max_length=8, choices=SEATS, default="yours")
    preview = models.CharField(max_length=200, blank=True)
    newest_id = models.BigIntegerField(default=0)  # the newest message; a send that has not seen it stops
    snoozed_until = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    demo = models.BooleanField(default=False, editable=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("state", "-last_at", "-id", name="conv_state", condition=models.Q(merged_into=None)),
            models.Index("inbox", "state", "-last_at", "-id", name="conv_inbox_state",
                         condition=models.Q(merged_into=None)),
            models.Index("assignee", "state", "-last_at", "-id", name="conv_mine",
                         condition=models.Q(merged_into=None)),
            models.Index("inbox", "-last_at", "-id", name="conv_unassigned",
                         condition=models.Q(merged_into=None, assignee=None, state=OPEN)),
            models.Index("inbox", "-last_at", "-id", name="conv_inbox_all", condition=models.Q(merged_into=None)),
            models.Index("team", "state", "-last_at", "-id", name="conv_team",
                         condition=models.Q(merged_into=None)),
            models.Index("-last_at", "-id", name="conv_all", condition=models.Q(merged_into=None)),
            models.Index("person", "-last_at", name="conv_person"),
            models.Index("snoozed_until", name="conv_waking", condition=models.Q(state=SNOOZED)),
        ]

    def __str__(self):
        return self.subject or f"conversation {self.id}"

    @classmethod
    def start(cls, *, inbox, person, subject="", channel="email", by=None, assignee=None, at=None, demo=False):
        """Open a new thread with `person`. Records `conversations.started`."""
        with transaction.atomic():
            at = at or timezone.now()
            conversation = cls.objects.create(
                inbox=inbox, person=person, subject=subject[:500], channel=channel, assignee=assignee,
                created_at=at, last_at=at, last_seat="ours" if by else "yours", demo=demo,
            )
            conversation._tell("started", by=by, at=at)
        return conversation

    def locked(self) -> "Conversation":
        """This row, locked until the transaction ends; verbs decide on what it says, not on what was loaded."""
        return Conversation.objects.select_for_update(of=("self",)).get(pk=self.pk)

    def cluster_ids(self) -> list[int]:
        """This conversation and all that were merged into it, whose messages it shows."""
        found, edge = [self.pk], [self.pk]
        while edge:
            edge = list(Conversation.objects.filter(merged_into__in=edge).values_list("id", flat=True))
            found += edge
        return found

    def assign(self, member: Member | None, *, by: Person) -> None:
        """Give it to `member`, or to nobody. Records `conversations.assigned`."""
        self._set(by, "assigned", {"assignee": member and member.id}, assignee=member)

    def hand_to(self, team: Team | None, *, by: Person) -> None:
        """Put it before a team. Records `conversations.handed_to_team`."""
        self._set(by, "handed_to_team", {"team": team and team.id}, team=team)

    def prioritise(self, priority: int, *, by: Person) -> None:
        """Say how soon it needs an answer: 0 usual, 1 soon, 2 now. Records `conversations.prioritised`."""
        if priority not in dict(PRIORITIES):
            raise ValueError(priority)
        self._set(by, "prioritised", {"priority": priority}, priority=priority)

    def retitle(self, subject: str, *, by: Person) -> None:
        """Change what it is about, for us; the mails keep theirs. Records `conversations.retitled`."""
        self._set(by, "retitled", {}, subject=subject.strip()[:500])

    def close(self, *, by: Person, why: str = "") -> None:
        """Done: everyone has an answer. Keeps a Closure and records `conversations.closed`."""
        from alongside.conversations.models.closure import Closure

        with transaction.atomic():
            if self._set(by, "closed", {}, state=DONE, snoozed_until=None):
                Closure.objects.create(conversation=self, by=by, why=why)

    def reopen(self, *, by: Person | None = None) -> None:
        """Bring it back among the open ones, from wherever it rests. Records `conversations.reopened`."""
        self._set(by, "reopened", {"from": self.state}, state=OPEN, snoozed_until=None)

    def snooze(self, until, *, by: Person) -> None:
        """Let it rest until then; an answer wakes it sooner. Raises ValueError for a time that has passed."""
        if until <= timezone.now():
            raise ValueError("past")
        self._set(by, "snoozed", {"until": until.isoformat()}, state=SNOOZED, snoozed_until=until)

    def mark_spam(self, *, by: Person) -> None:
        """Put it among the spam. Records `conversations.marked_spam`."""
        self._set(by, "marked_spam", {}, state=SPAM, snoozed_until=None)

    def throw_away(self, *, by: Person) -> None:
        """Put it in the trash, from which it can be taken back. Records `conversations.thrown_away`."""
        self._set(by, "thrown_away", {}, state=TRASH, snoozed_until=None)

    def _set(self, by, verb: str, data: dict, **columns) -> bool:
        """Change columns under the row's lock and tell of it; False when nothing would change."""
        with transaction.atomic():
            now = self.locked()
            if all(getattr(now, name) == value for name, value in columns.items()):
                return False
            for name, value in columns.items():
                setattr(self, name, value)
            was_assigned = now.assignee_id
            self.save(update_fields=list(columns))
            self._tell(verb, by=by, data=data, also_members={was_assigned, self.assignee_id})
        return True

    def _tell(self, verb: str, *, by=None, data=None, at=None, also_members=()) -> None:
        """Record the event and hint to every screen that shows this conversation."""
        record(f"conversations.{verb}", by=by, subject=self.person, at=at,
               data={"conversation": self.id, **(data or {})})
        self.hint(also_members)

    def hint(self, also_members=()) -> None:
        """Say to open screens that this conversation and its lists changed."""
        changed(f"conversation:{self.merged_into_id or self.id}")
        changed(f"inbox:{self.inbox_id}")
        changed(f"person:{self.person_id}")
        for member_id in {m for m in also_members if m}:
            changed(f"member:{member_id}")
