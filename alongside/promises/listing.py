"""Lists of promises for members: what is due now, soon and later, of mine, my teams' or everyone's; in few queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.lib.taking_back import TAKEN_BACK_WITHIN
from alongside.lib.tallies import Tally
from alongside.promises.models import BROKEN, KEPT, OPEN, Promise, PromiseChange
from alongside.promises.times import SOON, due_words, end_of

MINE, TEAM, ALL = "mine", "team", "all"
WHOSE = (MINE, TEAM, ALL)
MOST = 200  # a list; who has more open promises than that has another problem
MOST_OF_ONE, MOST_SETTLED = 40, 5
COUNTED = 100
ICONS = {OPEN: "promise", KEPT: "check", BROKEN: "warning"}


@dataclass(frozen=True)
class Line:
    """One promise as a list shows it: its words for when, its look, and whether it is due now."""

    promise: Promise
    when: str
    look: str
    icon: str

    @property
    def owner(self) -> str:
        """Who keeps it, in words."""
        return self.promise.owner.name if self.promise.owner else _("whoever is here")

    @property
    def person(self):
        """To whom it was said, as they stand now."""
        return self.promise.person.standing()


@dataclass(frozen=True)
class Section:
    """A heading and the lines under it."""

    name: str
    title: str
    lines: list[Line]


def is_due_now(promise: Promise, now: datetime | None = None) -> bool:
    """Whether it is late, due within the hour, or due by the end of today."""
    now = now or timezone.now()
    limit = end_of(timezone.localdate(now)) if promise.whole_day else now + SOON
    return promise.state == OPEN and promise.due_at <= limit


def line(promise: Promise, now: datetime | None = None) -> Line:
    """The promise as a list shows it."""
    now = now or timezone.now()
    if promise.state == OPEN:
        late, due_now = promise.due_at <= now, is_due_now(promise, now)
        return Line(promise, due_words(promise, now), "broken" if late else "due" if due_now else "", "promise")
    return Line(promise, _settled_words(promise), promise.state, ICONS.get(promise.state, "close"))


def sections(principal, whose: str = MINE, now: datetime | None = None) -> list[Section]:
    """What is to be kept now, soon (today and tomorrow) and later; without those that hold nothing."""
    now = now or timezone.now()
    found = [line(promise, now) for promise in _of(principal, whose).open().shown()[:MOST]]
    soon = end_of(timezone.localdate(now) + timedelta(days=1))
    parts = {"now": [], "soon": [], "later": []}
    for each in found:
        name = "now" if is_due_now(each.promise, now) else "soon" if each.promise.due_at <= soon else "later"
        parts[name].append(each)
    titles = {"now": _("Due now"), "soon": _("Soon"), "later": _("Later")}
    return [Section(name, titles[name], lines) for name, lines in parts.items() if lines]


def just_settled(principal, now: datetime | None = None) -> list[Line]:
    """What this member settled a moment ago, the newest first, so that they can take it back."""
    settled = Promise.objects.visible_to(principal).filter(_settled_just_now(principal, now))
    return [line(promise, now) for promise in settled.shown().order_by("-settled_at", "-id")[:MOST_SETTLED]]


def of_person(person, principal) -> tuple[list[Line], list[Line]]:
    """What is promised to one person, the most pressing first, and what was settled just now; in one query."""
    shown = Promise.objects.visible_to(principal).of(person).filter(Q(state=OPEN) | _settled_just_now(principal))
    open_last = Case(When(state=OPEN, then=1), default=0)
    promises = list(shown.shown().order_by(open_last, "due_at", "id")[:MOST_OF_ONE])
    settled = sorted((each for each in promises if each.state != OPEN), key=lambda each: each.settled_at, reverse=True)
    return [line(each) for each in promises if each.state == OPEN], [line(each) for each in settled[:MOST_SETTLED]]


def _settled_just_now(principal, now: datetime | None = None) -> Q:
    since = (now or timezone.now()) - TAKEN_BACK_WITHIN
    theirs = PromiseChange.objects.filter(promise=OuterRef("pk"), by=principal.person_id, at__gte=since)
    return Q(~Q(state=OPEN), Exists(theirs), settled_at__gte=since)


def tally(principal, now: datetime | None = None) -> Tally:
    """How many promises of this member are due now."""
    now = now or timezone.now()
    limits = Q(due_at__lte=now + SOON) | Q(whole_day=True, due_at__lte=end_of(timezone.localdate(now)))
    return Tally.rows(_of(principal, MINE).filter(limits, state=OPEN), COUNTED)


def _of(principal, whose: str):
    promises = Promise.objects.visible_to(principal)
    if whose == MINE:
        return promises.filter(owner=principal.member_id)
    if whose == TEAM:
        mates = Q(owner__places__team__in=principal.team_ids) | Q(owner=principal.member_id) | Q(owner=None)
        return promises.filter(mates).distinct()
    return promises


def _settled_words(promise: Promise) -> str:
    words = {
        KEPT: _("kept, a little late") if promise.is_late else _("kept"), BROKEN: _("not kept"),
    }
    return words.get(promise.state, _("not wanted any more"))
