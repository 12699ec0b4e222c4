"""A mood: how somebody was when they came, as a member saw it."""

from django.db import models

from alongside.moments.models.noted import Noted
from alongside.moments.moods import BY_ID, MOODS, MoodKind


class Mood(Noted):
    """One of five, noted with a tap. The newest of a visit is how they are."""

    verb = "mood_noted"
    NAME = "mood"

    mood = models.CharField(max_length=12, choices=[(mood.id, mood.label) for mood in MOODS])

    def __str__(self):
        return self.mood

    @property
    def kind(self) -> MoodKind:
        """The mood's word and drawing."""
        return BY_ID[self.mood]

    @property
    def in_words(self) -> str:
        """The mood's word."""
        return str(self.kind.label)
