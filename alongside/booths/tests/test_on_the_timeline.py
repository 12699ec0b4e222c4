"""How booths stand in a person's life: in words, with what they were about, in few queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.booths.models import REACHED, Booth, BroughtLesson, Ending, Participant, Step
from alongside.lib.principal import Principal
from alongside.people import timeline
from alongside.promises.models import Promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(booth, guest, ryan, lena):
    """Everything that can stand there, once."""
    ours = Participant.sit_down(booth, lena)
    step = Step.add(booth, "Bake thirty", by=ours, whose="ours")
    step.promised(Promise.make(person=ryan, words="Bake thirty", due_at=timezone.now() + timedelta(days=1),
                               by=lena.person), by=ours)
    BroughtLesson.bring(booth, title="Flat white", parts=[{"title": "Grind"}], by=ours).go_to(1, by=guest.guest)
    for place in (ours, guest.guest):
        Ending.say(booth, REACHED, "", by=place)
    booth.end(by=lena.person)
    booth.reopen(by=lena.person)
    return booth


def kinds(entries) -> list[str]:
    return [entry.context["kind"] for entry in entries if entry.template == "booths/timeline_entry.html"]


def test_a_life_tells_of_it_newest_first(lived, ryan, member):
    entries, _after = timeline.page(ryan, Principal(kind="person", person_id=ryan.id))
    assert kinds(entries) == ["reopened", "ended", "goal_reached", "lesson_learned", "step_promised", "opened"]
    page = member.get(f"/people/{ryan.id}").content.decode()
    for words in ("We sat down together:", "Both sides say that it was reached:", "We called it done:", lived.goal,
                  "We went on with it:", "Learned:", "Flat white", "A step became a promise:", "Bake thirty"):
        assert words in page
    assert f'href="/booths/{lived.code}"' in page


def test_who_may_not_see_the_booth_reads_nothing_of_it(lived, ryan, joe):
    entries, _after = timeline.page(ryan, Principal(kind="person", person_id=joe.id))
    assert kinds(entries) == []


def test_it_takes_as_many_queries_however_much_happened(lived, ryan, lena):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            timeline.page(ryan, lena.principal(), size=100)
        return len(queries)

    few = asked()
    for _each in range(8):
        Booth.open(by=lena.person, person=ryan).end(by=lena.person)
    assert asked() == few
