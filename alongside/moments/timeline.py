"""How what was noted stands on a person's timeline. What was taken back leaves no line."""

from django.utils.translation import gettext as _

from alongside.moments.models import ALL, Had, Moment, Mood, Note
from alongside.people.timeline import Entry, draws

_MODELS = {f"moments.{model.verb}": model for model in ALL}


@draws(*_MODELS)
def draw_noted(events, principal) -> dict[int, Entry]:
    """What was noted: context `noted` (with by), `name` of its kind. Members and the person themself."""
    entries = {}
    for kind, model in _MODELS.items():
        wanted = {event.data.get(model.NAME): event for event in events if event.kind == kind}
        if not wanted:
            continue
        seen = model.objects.visible_to(principal).filter(id__in=[id for id in wanted if id])
        for noted in seen.select_related("by"):
            entries[wanted[noted.id].id] = Entry(
                at=noted.at, icon=_icon(noted), label=_label(noted), template="moments/timeline_entry.html",
                context={"noted": noted, "name": model.NAME},
            )
    return entries


def _icon(noted) -> str:
    return noted.kind.icon if isinstance(noted, Mood) else {Moment: "moment", Had: "usual", Note: "note"}[type(noted)]


def _label(noted) -> str:
    return {Mood: _("Mood"), Moment: _("Moment"), Had: _("What they had"), Note: _("Note")}[type(noted)]
