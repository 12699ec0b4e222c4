"""Ryan's booth with one of everything in it, which a guest sits in, and Joe's, which they do not; for the table."""

from alongside.booths.models import (
    REACHED,
    Booth,
    BoothFile,
    BoothLink,
    BroughtLesson,
    ChatLine,
    Ending,
    GoalAgreement,
    Participant,
    Snapshot,
    Step,
)
from alongside.booths.syncing.protocol import NOTHING_NEW
from alongside.files.models import File
from alongside.people.models import Person
from tests.house.things import SEATED, VISITOR, Thing


def of_booths(people: tuple[Person, Person], by) -> tuple[dict[str, Thing], str, int]:
    """Each thing by its name, the guest's own and the foreign one; the guest's session, and who they are."""
    (own, session, guest), (foreign, _session, _guest) = (_booth(person, by) for person in people)
    things = {name: Thing(own[name], SEATED, foreign[name]) for name in own}
    at_home = {f"my_{name}": Thing(own[name], VISITOR, foreign[name]) for name in ("booth", "booth_file")}
    return {**things, **at_home, "open_booth": Thing(own["booth"])}, session, guest  # to members no booth is foreign


def _booth(person: Person, by) -> tuple[dict[str, int | str], str, int]:
    booth = Booth.open(by=by.person, person=person, goal="Fed by 8:30")
    link, _token = BoothLink.make(booth, by=by.person)
    guest, session = Participant.join(link, "A guest")
    crumbs = File.keep(b"crumbs of %d" % booth.id, name="crumbs.txt")
    return {
        "booth": booth.code, "booth_row": booth.id, "booth_link": link.id, "booth_guest": guest.id,
        "step": Step.add(booth, "Bake", by=guest, whose="ours").id, "line": ChatLine.say(booth, "Hello", by=guest).id,
        "booth_file": BoothFile.lay(booth, crumbs, by=guest).id,
        "agreement": GoalAgreement.agree(booth, "Fed by 8:30", by=guest).id,
        "ending": Ending.say(booth, REACHED, "", by=guest).id,
        "brought": BroughtLesson.bring(booth, title="Flat white", by=guest,
                                       parts=[{"title": "Pour", "file": crumbs.id}]).id,
        "snapshot": Snapshot.objects.create(booth=booth, data=NOTHING_NEW).id,
    }, session, guest.id
