"""The shapes of booths: the shared page, its steps and lines, and the links that let somebody in."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from alongside.api.schemas.base import Given, Id, Named, Paging
from alongside.api.schemas.base import words as text
from alongside.api.schemas.conversations import Moment
from alongside.booths.models.booth import MOST_GOAL
from alongside.booths.models.ending import MOST_WORDS as MOST_ENDING
from alongside.booths.models.line import MOST_LETTERS
from alongside.booths.models.participant import LONGEST_NAME
from alongside.booths.models.step import MOST_STEPS, MOST_WORDS

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="What stands for a booth in its address.")]
Whose = Literal["ours", "yours", "together"]
Role = Literal["view", "edit"]


class Participant(Schema):
    """Who sits in a booth: a member, or a guest who came by a link and is thereby nobody we know."""

    id: int
    name: str
    side: str = Field(description="ours or yours.")
    is_guest: bool
    role: str
    joined_at: datetime
    removed_at: datetime | None


class Step(Schema):
    """A step towards the goal. Whoever did something is a participant's id."""

    id: int
    words: str
    whose: str
    due_at: datetime | None
    whole_day: bool
    made_by: int | None = Field(alias="made_by_id")
    done_by: int | None = Field(alias="done_by_id")
    done_at: datetime | None
    promise: int | None = Field(alias="promise_id", description="The promise that this step of ours became.")


class Line(Schema):
    """A line that somebody said in writing."""

    id: int
    by: int | None = Field(alias="by_id")
    at: datetime
    words: str


class Lines(Schema):
    """A page of lines, newest first."""

    items: list[Line]
    next: str | None


class LaidFile(Schema):
    """A file on the table."""

    id: int
    name: str
    content_type: str
    size: int = Field(description="In bytes.")
    url: str = Field(description="Where its bytes are, for a key that may read booths.")
    by: int | None
    at: datetime
    in_page: bool = Field(description="It is shown in the notes or the sketch, not in the list of files.")


class Ending(Schema):
    """What one of them says of the goal."""

    by: int | None = Field(alias="by_id")
    at: datetime
    answer: str = Field(description="reached, partly or unreached.")
    words: str


class Agreement(Schema):
    """That one of them said yes to these words of the goal."""

    by: int | None = Field(alias="by_id")
    at: datetime
    words: str


class Notes(Schema):
    """The notes as they stand."""

    markdown: str
    prosemirror: dict[str, Any]


class BoothShort(Schema):
    """A booth as a list shows it."""

    id: str
    url: str = Field(description="The page, for members and for guests who came in by a link.")
    state: str = Field(description="open or ended.")
    goal: str
    person: Named | None
    conversation: int | None
    opened_at: datetime
    touched_at: datetime
    ended_at: datetime | None


class Booth(BoothShort):
    """One shared page with what lies on it."""

    participants: list[Participant]
    steps: list[Step]
    notes: Notes
    files: list[LaidFile]
    agreements: list[Agreement]
    endings: list[Ending]


class Booths(Schema):
    """A page of booths, the latest touched first."""

    items: list[BoothShort]
    next: str | None


class BoothsAsked(Paging):
    """Which booths to list."""

    state: Literal["open", "ended"] = "open"
    person: Id | None = None


class NewBooth(Given):
    """For whom it is, where it was opened, and first words of the goal."""

    person: Id | None = None
    conversation: Id | None = None
    goal: text(MOST_GOAL) = ""


class NewLink(Given):
    """A link that lets somebody in: to look or to work, until when, and for how many."""

    role: Role
    expires_at: Moment | None = None
    max_uses: Annotated[int, Field(ge=1, le=1000)] | None = None


class Link(Schema):
    """A link. Its address is shown this once; what stands behind the # is never sent to a server."""

    id: int
    url: str


class Joining(Given):
    """The token of a link, and how somebody likes to be called."""

    token: text(100, 1)
    name: text(LONGEST_NAME, 1)


class Joined(Schema):
    """A seat: its session opens the booth's socket (`?session=`), for as long as the link holds."""

    booth: str
    session: str
    role: str


class NewStep(Given):
    """A step to add at the end."""

    words: text(MOST_WORDS, 1)
    whose: Whose = "together"
    due_at: Moment | None = None
    whole_day: bool = False


class StepChange(Given):
    """What becomes of a step; leave out what stays."""

    words: text(MOST_WORDS, 1) | None = None
    whose: Whose | None = None
    due_at: Moment | None = Field(None, description="null: no hurry.")
    whole_day: bool | None = None
    after: Id | None = Field(None, description="The step behind which it goes; null: first.")
    done: bool | None = None
    removed: bool | None = None


class NewLine(Given):
    """A line to say."""

    words: text(MOST_LETTERS, 1)


class NewEnding(Given):
    """What the key's member says of the goal."""

    answer: Literal["reached", "partly", "unreached"]
    words: text(MOST_ENDING) = ""


class StepToPromise(Given):
    """An open step of ours that the house promises when the booth ends."""

    step: Id
    due_at: Moment | None = Field(None, description="By when; null: as the step says.")
    whole_day: bool = False


class BoothClosure(Given):
    """What becomes of open steps when the booth ends: those that are named here become promises, the others stay."""

    promises: list[StepToPromise] = Field([], max_length=MOST_STEPS)


class NewLaidFile(Given):
    """A file to lay on the table."""

    file: Id
