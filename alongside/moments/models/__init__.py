"""What is noted of a person: moods, moments, what they had, and notes."""

from alongside.moments.models.had import Had
from alongside.moments.models.moment import Moment
from alongside.moments.models.mood import Mood
from alongside.moments.models.note import Note
from alongside.moments.models.noted import Noted

ALL = (Mood, Moment, Had, Note)
__all__ = ["ALL", "Had", "Moment", "Mood", "Note", "Noted"]
