"""How booths stand on a person's timeline: opened, its goal reached, ended, reopened; what was learned, promised."""

from django.utils.translation import gettext as _

from alongside.booths.models import Booth, BroughtLesson, Participant, Step
from alongside.lib.principal import Principal
from alongside.people.models import Person
from alongside.people.timeline import Entry, draws

_ICONS = {"opened": "booth", "goal_reached": "star", "ended": "done", "reopened": "reopen", "lesson_learned": "story",
          "step_promised": "promise"}


@draws("booth.opened", "booth.goal_reached", "booth.ended", "booth.reopened", "booth.lesson_learned",
       "booth.step_promised")
def draw_booths(events, principal: Principal) -> dict[int, Entry]:
    """Context `booth`, `kind`, `by` (a name), `what` (a lesson's title, a step's words), `opens`: may one go there.

    Each booth, lesson, step and name is loaded with the others of its sort.
    """
    booths = Booth.objects.visible_to(principal).in_bulk(_named(events, "booth"))
    lessons = BroughtLesson.objects.filter(booth__in=booths).in_bulk(_named(events, "lesson"))
    steps = Step.objects.filter(booth__in=booths).in_bulk(_named(events, "step"))
    guests = Participant.objects.filter(booth__in=booths).in_bulk(_named(events, "participant"))
    people = Person.objects.in_bulk({event.actor_id for event in events} - {None})
    entries = {}
    for event in events:
        booth, kind = booths.get(event.data.get("booth")), event.kind.partition(".")[2]
        what = lessons.get(event.data.get("lesson")) or steps.get(event.data.get("step"))
        if booth is None or what is None and kind in ("lesson_learned", "step_promised"):
            continue
        who = people.get(event.actor_id) or guests.get(event.data.get("participant"))
        entries[event.id] = Entry(
            at=event.at, icon=_ICONS[kind], label=_label(kind), template="booths/timeline_entry.html",
            context={"booth": booth, "kind": kind, "by": who.name if who else "", "what": str(what or ""),
                     "opens": principal.serves},
        )
    return entries


def _named(events, name: str) -> set[int]:
    return {event.data[name] for event in events if event.data.get(name)}


def _label(kind: str) -> str:
    return {
        "opened": _("Side by side"), "goal_reached": _("Goal reached"), "ended": _("Called done"),
        "reopened": _("Gone on"), "lesson_learned": _("Learned"), "step_promised": _("Promised"),
    }[kind]
