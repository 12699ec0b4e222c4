"""A conversation: one thread with a person, and the verbs that move it along."""

from django.db import models, transaction
from django.utils import timezone

from alongside.conversations.models.closure import Closure
from alongside.conversations.models.inbox import Inbox
from alongside.events.models import record
from alongside.live.models import changed
from alongside.members.models import Member, Team, TeamPlace
from alongside.people.models import Person, theirs

OPEN, SNOOZED, DONE, SPAM, TRASH = "open", "snoozed", "done", "spam", "trash"
STATES = [OPEN, SNOOZED, DONE, SPAM, TRASH]
PRIORITIES = [(0, "usual"), (1, "soon"), (2, "now")]
REST = (OPEN, SNOOZED, DONE)  # what "all" shows: neither spam nor trash
STANDS = models.Q(merged_into=None)
ALIVE = models.Q(state__in=REST)
UNASSIGNED = models.Q(assignee=None, state=OPEN)
NO_TEAM = models.Q(team=None, state=OPEN)
SEATS = [("yours", "yours"), ("ours", "ours"), ("together", "together")]


def _seen_by(principal) -> models.Q:
    """Why a member without a view of everything sees a conversation."""
    served = Inbox.teams.through.objects.filter(team__in=principal.team_ids)
    mentioned = Conversation.mentions.rel.related_model.objects.filter(
        conversation=models.OuterRef("pk"), member=principal.member_id
    )
    return (
        models.Q(inbox_id__in=served.values("inbox_id"))
        | models.Q(team_id__in=principal.team_ids)
        | models.Q(assignee_id=principal.member_id)
        | models.Exists(mentioned)
    )


class ConversationQuerySet(models.QuerySet):
    """Conversations by who may see them."""

    def visible_to(self, principal):
        """What the principal may see. One that was merged away is seen by whoever sees where it went.

        A person sees their own. A member sees what stands in inboxes that their teams serve, what was handed to
        one of their teams or given to them, and what they were mentioned in. Owners and admins see all.
        """
        if principal.kind == "person":
            return self.filter(theirs(principal.person_id))
        if not principal.serves:
            return self.none()
        if principal.sees_everything:
            return self
        went_to = Conversation.objects.filter(pk=models.OuterRef("merged_into_id")).filter(_seen_by(principal))
        return self.filter(_seen_by(principal) | models.Exists(went_to))

    def with_person(self, ids):
        """Those with one of these: give `Person.cluster_ids`, for a row names whom it began with."""
        return self.filter(person_id__in=ids)

    def whole(self):
        """Without those that were merged into another."""
        return self.filter(merged_into=None)


class Conversation(models.Model):
    """One thread. `state` and the `last_*` columns are kept for the lists; who caused them is a row or an event."""

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, db_index=False, related_name="conversations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="conversations")
    subject = models.CharField(max_length=500, blank=True)
    channel = models.CharField(max_length=20, default="email")
    state = models.CharField(max_length=8, default=OPEN, choices=[(s, s) for s in STATES])
    assignee = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, db_index=False,
                                 related_name="conversations")
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, db_index=False, related_name="conversations")
    priority = models.PositiveSmallIntegerField(default=0, choices=PRIORITIES)
    created_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)  # of the newest message or note; orders every list
    last_seat = models.CharField(max_length=8, choices=SEATS, default="yours")
    preview = models.CharField(max_length=200, blank=True)
    newest_id = models.BigIntegerField(default=0)  # the newest message; a send that has not seen it stops
    snoozed_until = models.DateTimeField(null=True)
    # The one that shows this one's messages now, always one that stands itself; `Merging` keeps the steps.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, db_index=False, related_name="merged")
    demo = models.BooleanField(default=False, editable=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        # Each list walks one of these in order and stops after a page; see `listing`.
        indexes = [
            models.Index(fields=["inbox", "state", "-last_at", "-id"], name="conv_inbox_state", condition=STANDS),
            models.Index(fields=["inbox", "-last_at", "-id"], name="conv_inbox_all", condition=STANDS & ALIVE),
            models.Index(fields=["inbox", "-last_at", "-id"], name="conv_inbox_free", condition=STANDS & UNASSIGNED),
            models.Index(fields=["inbox", "-last_at", "-id"], name="conv_inbox_no_team", condition=STANDS & NO_TEAM),
            models.Index(fields=["state", "-last_at", "-id"], name="conv_state", condition=STANDS),
            models.Index(fields=["-last_at", "-id"], name="conv_all", condition=STANDS & ALIVE),
            models.Index(fields=["-last_at", "-id"], name="conv_free", condition=STANDS & UNASSIGNED),
            models.Index(fields=["assignee", "state", "-last_at", "-id"], name="conv_mine", condition=STANDS),
            models.Index(fields=["team", "state", "-last_at", "-id"], name="conv_team", condition=STANDS),
            models.Index(fields=["person", "-last_at", "-id"], name="conv_person"),
            models.Index(fields=["merged_into"], name="conv_merged", condition=~STANDS),
            models.Index(fields=["snoozed_until"], name="conv_waking", condition=models.Q(state=SNOOZED)),
        ]

    def __str__(self):
        return self.subject or f"conversation {self.id}"

    @classmethod
    def start(cls, *, inbox, person, subject="", channel="email", by=None, assignee=None, at=None, demo=False):
        """Open a new thread with `person`. Records `conversations.started`."""
        with transaction.atomic(savepoint=False):
            at = at or timezone.now()
            conversation = cls.objects.create(
                inbox=inbox,
                person=person,
                subject=subject[:500],
                channel=channel,
                assignee=assignee,
                created_at=at,
                last_at=at,
                last_seat="ours" if by else "yours",
                demo=demo,
            )
            conversation._tell("started", by=by, at=at)
        return conversation

    @property
    def whom(self) -> Person:
        """With whom it is, as they stand now: the name to show, the card to lay beside it."""
        return self.person.standing()

    def locked(self) -> "Conversation":
        """This row, locked until the transaction ends; verbs decide on what it says, not on what was loaded."""
        return Conversation.objects.select_for_update(of=("self",)).get(pk=self.pk)

    def standing(self) -> "Conversation":
        """The conversation that shows this one's messages now: itself, or the one it was merged into."""
        now = Conversation.objects.select_related("merged_into").get(pk=self.pk)
        return now.merged_into or self

    def hold(self) -> "Conversation":
        """Lock the conversation that stands for this one until the transaction ends, and bring it up to date.

        Returns this very object when it stands itself. Locks go from one that was merged away to the one it went
        into, as `merging` takes them.
        """
        now = self.locked()
        while now.merged_into_id:
            now = Conversation(pk=now.merged_into_id).locked()
        if now.pk != self.pk:
            return now
        for column in self._meta.concrete_fields:
            setattr(self, column.attname, getattr(now, column.attname))
        return self

    def cluster_ids(self) -> list[int]:
        """This conversation and all that were merged into it, whose messages it shows."""
        return [self.pk, *Conversation.objects.filter(merged_into=self.pk).values_list("id", flat=True)]

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
        with transaction.atomic():
            if self._set(by, "closed", {}, state=DONE, snoozed_until=None):
                Closure.objects.create(conversation=self, by=by, why=why)

    def reopen(self, *, by: Person | None = None) -> None:
        """Bring it back among the open ones, from wherever it rests. Records `conversations.reopened`.

        What was with a member who has left is nobody's then.
        """
        nobodys = {"assignee": None} if self.assignee_id and not self.assignee.is_active else {}
        self._set(by, "reopened", {}, state=OPEN, snoozed_until=None, **nobodys)

    def move(self, inbox: Inbox, *, by: Person) -> None:
        """Put it behind another door; whoever serves that one sees it from now on. Records `conversations.moved`."""
        with transaction.atomic():
            left = self.locked().inbox_id
            if self._set(by, "moved", {"from": left, "to": inbox.id}, inbox=inbox):
                changed(f"inbox:{left}")

    def snooze(self, until, *, by: Person) -> None:
        """Let it rest until then; an answer wakes it sooner. Raises ValueError for a time that has passed."""
        if until <= timezone.now():
            raise ValueError("past")
        self._set(by, "snoozed", {"until": until.isoformat()}, state=SNOOZED, snoozed_until=until)

    def mark_spam(self, *, by: Person | None) -> None:
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
            if "state" in columns:
                data = {**data, "was": now.state}
            self._tell(verb, by=by, data=data, also_members={was_assigned, self.assignee_id})
        return True

    def _tell(self, verb: str, *, by=None, data=None, at=None, also_members=()) -> None:
        """Record the event and hint to every screen that shows this conversation."""
        record(
            f"conversations.{verb}", by=by, subject=self.person, at=at, data={"conversation": self.id, **(data or {})}
        )
        self.hint(also_members)

    def hint(self, also_members=()) -> None:
        """Say to open screens that this conversation and its lists changed."""
        changed(f"conversation:{self.merged_into_id or self.id}")
        changed(f"inbox:{self.inbox_id}")
        changed(f"person:{self.person.merged_into_id or self.person_id}")
        members = {m for m in also_members if m}
        if self.team_id:  # a team may hold what stands in an inbox that it does not serve
            members |= set(TeamPlace.objects.filter(team=self.team_id).values_list("member_id", flat=True))
        for member_id in sorted(members):
            changed(f"member:{member_id}")
