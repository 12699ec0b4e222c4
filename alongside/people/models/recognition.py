"""What somebody is recognised by, for searching: made by `recognition_keys.py` from what the other rows say."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from alongside.people.models.person import Person

NAME, PLACE = "n", "a"


class RecognitionKeys(models.Model):
    """The keys of one person: words of names (`n:`) and places (`a:`), pieces of numbers (`p:`), birthdays (`y:`).

    Whoever stands for others has theirs too; who was merged has none.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="recognition_keys")
    keys = SearchVectorField()

    class Meta:
        verbose_name_plural = "recognition keys"
        indexes = [GinIndex(fields=["keys"], name="recognition_keys", fastupdate=False)]

    def __str__(self):
        return f"keys of {self.person_id}"


class KnownWord(models.Model):
    """A word that stands in somebody's name or address, found again when it is mistyped.

    Nothing makes a word unique: two who write down the same new one at once shall not wait for each other.
    """

    word = models.CharField(max_length=60, db_collation="C")
    kind = models.CharField(max_length=1, choices=[(NAME, "name"), (PLACE, "place")])
    sound = models.CharField(max_length=60, db_collation="C")
    uses = models.IntegerField(default=1)  # how many people have it, as of the last rebuilding
    deletions = ArrayField(models.IntegerField())

    class Meta:
        indexes = [
            models.Index("kind", "word", name="known_word"),
            models.Index("sound", name="known_word_by_sound"),
            GinIndex(fields=["deletions"], name="known_word_by_deletion", fastupdate=False),
        ]

    def __str__(self):
        return self.word
