"""How promises stand on a person's timeline: made, kept, put off by agreement, not kept."""

from django.utils.translation import gettext as _

from alongside.lib.principal import Principal
from alongside.people.timeline import Entry, draws
from alongside.promises import origins
from alongside.promises.models import Promise, PromiseChange
from alongside.promises.times import day_and_hour

_ICONS = {"made": "promise", "kept": "check", "renegotiated": "clock", "broken": "warning"}


@draws("promises.made", "promises.kept", "promises.renegotiated", "promises.broken")
def draw_promises(events, principal: Principal) -> dict[int, Entry]:
    """Context `promise`, `kind`, `by`, `due` in words, `change`: the step with what was said, `origin`."""
    ids = {event.data.get("promise") for event in events} - {None}
    seen = Promise.objects.visible_to(principal).in_bulk(ids)
    settled = any(event.kind != "promises.made" for event in events)
    changes = PromiseChange.objects.filter(promise__in=seen) if settled else ()
    steps = {(step.promise_id, step.kind, step.at): step for step in changes}
    made = [seen[id] for event in events if event.kind == "promises.made" and (id := event.data.get("promise")) in seen]
    places = origins.of(made, principal)
    entries = {}
    for event in events:
        promise, kind = seen.get(event.data.get("promise")), event.kind.partition(".")[2]
        if promise is None:
            continue
        entries[event.id] = Entry(
            at=event.at, icon=_ICONS[kind], label=_label(kind), template="promises/timeline_entry.html",
            context={"kind": kind, "promise": promise, "by": event.actor,
                     "change": steps.get((promise.id, kind, event.at)),
                     "due": day_and_hour(promise.due_at, promise.whole_day),
                     "origin": places.get(promise.id) if kind == "made" else None},
        )
    return entries


def _label(kind: str) -> str:
    return {
        "made": _("Promised"), "kept": _("Kept"), "renegotiated": _("Another time was agreed"), "broken": _("Not kept"),
    }[kind]
