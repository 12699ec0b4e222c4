"""A note of a person: what a colleague should know, in a member's words."""

from django.db import models

from alongside.moments.models.noted import Noted


class Note(Noted):
    """Words of a member. The person finds them among what is held of them."""

    verb = "note_written"
    NAME = "note"

    text = models.TextField()

    def __str__(self):
        return f"note #{self.pk}"

    @property
    def in_words(self) -> str:
        """The note."""
        return self.text
