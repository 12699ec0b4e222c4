"""When a member serves: their usual week, and until when they are away."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils import timezone

from alongside.events.models import record
from alongside.members.models.organisation import Organisation
from alongside.members.zones import zone_of

LOOKED_AHEAD = 15  # days; whoever serves at all serves within them


class Hours(models.Model):
    """One span of a usual week, in the member's own zone; one that ends before it begins goes on past midnight."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()  # Monday is 0
    begins = models.TimeField()
    ends = models.TimeField()

    class Meta:
        verbose_name_plural = "hours"
        ordering = ["weekday", "begins"]
        constraints = [models.UniqueConstraint(fields=["member", "weekday", "begins"], name="hours_once")]

    def __str__(self):
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """This span as it falls on `day`, which is one of its weekday."""
        ends_on = day if self.ends > self.begins else day + timedelta(days=1)
        return datetime.combine(day, self.begins, zone), datetime.combine(ends_on, self.ends, zone)


class AtWork(models.Model):
    """The part of a member that knows when they serve. Without hours they always do."""

    away_until = models.DateField(null=True, blank=True)  # the first day on which they are back
    away_words = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def own_zone(self) -> ZoneInfo:
        """The zone in which their week is meant: their own, else the organisation's."""
        return zone_of(self.zone) or zone_of(getattr(self, "house_zone", None) or Organisation.ours().zone, "UTC")

    def is_away(self, at: datetime | None = None) -> bool:
        """Whether they said that they are not here on that day."""
        return self.away_until is not None and (at or timezone.now()).astimezone(self.own_zone).date() < self.away_until

    def is_at_work(self, at: datetime | None = None) -> bool:
        """Whether they serve at that moment: not away, and within their hours if they have any."""
        at = at or timezone.now()
        if not self.is_active or self.is_away(at):
            return False
        week, zone = list(self.hours.all()), self.own_zone
        if not week:
            return True
        return any(begins <= at < ends for begins, ends in self._spans(week, at, zone, days=1))

    def back_at(self, at: datetime | None = None) -> datetime | None:
        """When they serve next, counted from `at`; None when nothing says so."""
        at, zone = at or timezone.now(), self.own_zone
        if self.is_away(at):
            at = datetime.combine(self.away_until, time(), zone)
        week = list(self.hours.all())
        if not week:
            return at
        ahead = sorted(self._spans(week, at, zone, days=LOOKED_AHEAD))
        return next((max(begins, at) for begins, ends in ahead if ends > at), None)

    def keep_hours(self, spans, *, by) -> None:
        """Keep `spans` (weekday, begins, ends) as their usual week; none means always. Records `members.hours_kept`."""
        with transaction.atomic():
            self.hours.all().delete()
            rows = (Hours(member=self, weekday=day, begins=begins, ends=ends) for day, begins, ends in spans)
            kept = Hours.objects.bulk_create(rows)
            record("members.hours_kept", by=by, subject=self.person, data={"member": self.id, "spans": len(kept)})

    def go_away(self, until: date | None, words: str = "", *, by) -> None:
        """Be away up to the day before `until` (None: be here). Records `members.away` or `members.back`."""
        words = words.strip() if until else ""
        if (until, words) == (self.away_until, self.away_words):
            return
        with transaction.atomic():
            self.away_until, self.away_words = until, words
            self.save(update_fields=["away_until", "away_words"])
            if until:
                record("members.away", by=by, subject=self.person, data={"member": self.id})
            else:
                record("members.back", by=by, subject=self.person, data={"member": self.id})

    @staticmethod
    def _spans(week, at: datetime, zone: ZoneInfo, days: int):
        """Every span from the day before `at` until `days` after it; yesterday's may still go on."""
        today = at.astimezone(zone).date()
        for day in (today + timedelta(days=n) for n in range(-1, days)):
            yield from (span.on(day, zone) for span in week if span.weekday == day.weekday())
