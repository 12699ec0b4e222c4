"""How answers stand on a person's timeline: what we learned, and what was confirmed."""

from django.utils.translation import gettext as _

from alongside.lib.principal import Principal
from alongside.people.timeline import Entry, draws
from alongside.profiles.models import Answer


@draws("profiles.answered", "profiles.answer_confirmed")
def draw_answers(events, principal: Principal) -> dict[int, Entry]:
    """What was learned: context `answer`, `confirmed`, `provenance` as it was then, `by`.

    What was taken back is left out.
    """
    seen = Answer.objects.visible_to(principal).filter(withdrawn_at=None).select_related("question")
    answers = seen.in_bulk({event.data.get("answer") for event in events} - {None})
    entries = {}
    for event in events:
        answer = answers.get(event.data.get("answer"))
        if answer is None:
            continue
        confirmed = event.kind == "profiles.answer_confirmed"
        entries[event.id] = Entry(
            at=event.at, icon="check" if confirmed else "card",
            label=_("Confirmed") if confirmed else _("Something we know"), template="profiles/timeline_entry.html",
            context={"answer": answer, "confirmed": confirmed,
                     "provenance": event.data.get("provenance", answer.provenance),
                     "by": event.actor})
    return entries
