"""Gives the demo's people their visits: when they came, what they had, how they were, what was done for them."""

import tomllib
from datetime import datetime, time, timedelta

from alongside.demo.stories import WORLD
from alongside.members.models import Location
from alongside.moments.models import Had, Moment, Mood, Note
from alongside.visits.models import Visit


def visits_of(people: dict, members: dict, today: datetime) -> int:
    """Write every visit of the world, with people and members by their names in the files. Returns how many."""
    world = tomllib.loads((WORLD / "visits.toml").read_text(encoding="utf-8"))
    place = Location.objects.create(name=world.pop("location"), demo=True)
    written = 0
    for name, about in world.items():
        for day in sorted(about["days"], reverse=True):
            _visit(people[name], members[about["by"]].person, place, about, day, today)
            written += 1
    return written


def _visit(person, by, place, about: dict, day: int, today: datetime) -> None:
    began = datetime.combine((today - timedelta(days=day)).date(), time.fromisoformat(about["clock"]), today.tzinfo)
    visit = Visit.begin(person, by=by, location=place, at=began)
    noted, key = {"by": by, "visit": visit.id}, str(day)
    if mood := about.get("moods", {}).get(key):
        Mood.keep(person, mood=mood, at=began + timedelta(minutes=1), **noted)
    own = about.get("had", {}).get(key)
    Had.keep(person, what=own or about["usual"], usual=own is None, location=place, at=began + timedelta(minutes=2),
             **noted)
    if kind := about.get("moments", {}).get(key):
        Moment.keep(person, kind_id=kind, at=began + timedelta(minutes=4), **noted)
    if text := about.get("notes", {}).get(key):
        Note.keep(person, text=text, at=began + timedelta(minutes=9), **noted)
    visit.leave(by=by, at=began + timedelta(minutes=about["stays"]))
