"""That a member opened somebody's card: the person can see who looked, and when."""

from datetime import timedelta

from django.db import connection, models
from django.utils import timezone

from alongside.people.models.person import Person

ONCE_IN = timedelta(minutes=10)


class CardOpening(models.Model):
    """`by` looked at `person`; the same member at the same card is noted once in ONCE_IN."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False, related_name="openings")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="card_opening_of")]

    def __str__(self):
        return f"card {self.person_id} by {self.by_id}"

    @classmethod
    def note(cls, person_id: int, by_id: int) -> None:
        """Note that `by` looks now, unless that was noted just now: one insert. Nobody's own card is noted."""
        if person_id == by_id:
            return
        now = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO people_cardopening (person_id, by_id, at)"
                " SELECT %(person)s, %(by)s, %(now)s WHERE NOT EXISTS (SELECT 1 FROM people_cardopening"
                " WHERE person_id = %(person)s AND by_id = %(by)s AND at > %(since)s)",
                {"person": person_id, "by": by_id, "now": now, "since": now - ONCE_IN},
            )
