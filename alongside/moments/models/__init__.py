"""What is noted of a person: moods, moments, what they had, and notes; and the kinds of moments."""

from alongside.moments.models.had import Had
from alongside.moments.models.kind import ICONS, Idea, MomentKind
from alongside.moments.models.moment import Moment
from alongside.moments.models.mood import Mood
from alongside.moments.models.note import Note
from alongside.moments.models.noted import Noted

ALL = (Mood, Moment, Had, Note)
__all__ = ["ALL", "ICONS", "Had", "Idea", "Moment", "MomentKind", "Mood", "Note", "Noted"]
