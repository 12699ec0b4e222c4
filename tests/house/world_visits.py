"""Somebody at the counter, for the table of principals: a visit, and one of each thing that is noted."""

from alongside.moments.models import Had, Moment, MomentKind, Mood, Note
from alongside.people.models import Person
from alongside.visits.models import Visit


def of_visits(person: Person, by: Person) -> dict[str, int]:
    """The id of each thing by its name."""
    visit, smile = Visit.begin(person, by=by), MomentKind.objects.get(key="smile")
    keep = {"by": by, "visit": visit.id}
    return {
        "visit": visit.id, "mood": Mood.keep(person, mood="calm", **keep).id,
        "moment": Moment.keep(person, kind_id="smile", **keep).id, "had": Had.keep(person, what="Tea", **keep).id,
        "moment_kind": smile.id, "idea": smile.ideas.get().id,
        "person_note": Note.keep(person, text="Walks over with a stick.", **keep).id,
    }
