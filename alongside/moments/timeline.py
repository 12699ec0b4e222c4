"""How what was noted stands on a person's timeline. What was taken back leaves no line."""

from django.utils.translation import gettext as _

from alongside.moments.models import ALL, Had, Moment, Mood, Note
from alongside.moments.reading import read
from alongside.people.timeline import Entry, draws

_MODELS = {f"moments.{model.verb}": model for model in ALL}


@draws(*_MODELS)
def draw_noted(events, principal) -> dict[int, Entry]:
    """What was noted: context `noted` (with by), `name` of its kind. Members and the person themself."""
    wanted = {(_MODELS[event.kind], event.data.get(_MODELS[event.kind].NAME)): event for event in events}
    seen = [model.objects.visible_to(principal).filter(id__in=[id for each, id in wanted if id and each is model])
            for model in ALL]
    return {
        wanted[type(noted), noted.id].id: Entry(
            at=noted.at, icon=_icon(noted), label=_label(noted), template="moments/timeline_entry.html",
            context={"noted": noted, "name": noted.NAME},
        )
        for noted in read(*seen)
    }


def _icon(noted) -> str:
    if isinstance(noted, (Mood, Moment)) and noted.kind:
        return noted.kind.icon
    return {Moment: "moment", Had: "usual", Note: "note"}[type(noted)]


def _label(noted) -> str:
    return {Mood: _("Mood"), Moment: _("Moment"), Had: _("What they had"), Note: _("Note")}[type(noted)]
