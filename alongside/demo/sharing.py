"""Gives the demo its booths: what was agreed, who did which step and when, and how one ended."""

import tomllib
from datetime import datetime, time, timedelta

from alongside.booths.models import REACHED, Booth, BoothLink, ChatLine, Ending, GoalAgreement, Participant, Step
from alongside.demo.stories import WORLD

FRIDAY = 4


def share(people: dict, members: dict, today: datetime) -> int:
    """Open every booth of the world, with people and members by their names in the files. Returns how many."""
    world = tomllib.loads((WORLD / "booths.toml").read_text(encoding="utf-8"))
    for about in world.values():
        _Sharing(people[about["person"]], members[about["by"]], about, today).build()
    return len(world)


class _Sharing:
    """One booth, built by its verbs; then everything is given the time at which it was done."""

    def __init__(self, person, member, about: dict, today: datetime):
        self.person, self.member, self.about, self.today = person, member, about, today

    def build(self) -> None:
        """The booth with all that lies in it."""
        opened, by = self._at(self.about["opened"]), self.member.person
        self.booth = Booth.open(by=by, person=self.person, goal=self.about["goal"], at=opened, demo=True)
        link, _token = BoothLink.make(self.booth, by=by)
        guest, _session = Participant.join(link, self.about["guest"])
        guest.is_known_as(self.person, by=by)
        self.seats = {self.about["by"]: Participant.sit_down(self.booth, self.member), "guest": guest}
        self.booth.participants.update(joined_at=opened + timedelta(minutes=3))
        for place in self.seats.values() if self.about["agreed"] else ():
            GoalAgreement.agree(self.booth, self.about["goal"], by=place)
        self.booth.agreements.update(at=opened + timedelta(minutes=9))
        touched = [self._step(step) for step in self.about["steps"]]
        touched += [self._line(line) for line in self.about["lines"]]
        for ending in self.about.get("endings", ()):
            Ending.say(self.booth, REACHED, ending["words"], by=self.seats[ending["by"]])
        if ended := self.about.get("ended"):
            touched.append(self._at(ended))
            self.booth.endings.update(at=self._at(ended))
            self.booth.end(by=by, at=self._at(ended))
        Booth.objects.filter(pk=self.booth.pk).update(touched_at=max(touched))

    def _step(self, told: dict) -> datetime:
        due = self._friday(told["due"]) if "due" in told else None
        step = Step.add(self.booth, told["words"], by=self.seats[told["by"]], whose=told["whose"], due_at=due,
                        whole_day=False)
        made, done = self._at(told["made"]), self._at(told["done"]) if "done" in told else None
        if done:
            step.tick(by=self.seats["guest" if told["whose"] == "yours" else self.about["by"]])
        Step.objects.filter(pk=step.pk).update(made_at=made, done_at=done)
        step.changes.filter(kind="made").update(at=made)
        step.changes.filter(kind="done").update(at=done or made)
        return done or made

    def _line(self, told: dict) -> datetime:
        line = ChatLine.say(self.booth, told["words"], by=self.seats[told["by"]])
        ChatLine.objects.filter(pk=line.pk).update(at=self._at(told["said"]))
        return self._at(told["said"])

    def _at(self, when: list) -> datetime:
        day, clock = when
        return self._moment(self.today + timedelta(days=day), clock)

    def _friday(self, when: list) -> datetime:
        """So many days before or after the next Friday, which is never today."""
        day, clock = when
        ahead = (FRIDAY - self.today.weekday() - 1) % 7 + 1
        return self._moment(self.today + timedelta(days=ahead + day), clock)

    def _moment(self, day: datetime, clock: str) -> datetime:
        hour, minute = clock.split(":")
        return datetime.combine(day.date(), time(int(hour), int(minute)), self.today.tzinfo)
