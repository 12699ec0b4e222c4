"""Whose a row is: a person's, and that of everyone who was merged into them."""

from django.db import models
from django.db.models.expressions import RawSQL

# A subquery and not an OR over a join: with that, PostgreSQL can only read all rows of all people.
_CLUSTER = "SELECT id FROM people_person WHERE id = %s OR merged_into_id = %s"


def theirs(person_id: int, field: str = "person") -> models.Q:
    """The clause for that person's rows and those of whoever was merged into them.

    `field` leads from a row to its person; "pk" is for people themselves.
    """
    if field == "pk":
        return models.Q(pk=person_id) | models.Q(merged_into=person_id)
    return models.Q(**{f"{field}__in": RawSQL(_CLUSTER, [person_id, person_id])})


class TheirsQuerySet(models.QuerySet):
    """Rows that are about one person each, in the field `person`."""

    def visible_to(self, principal):
        """Members see all; a person sees their own; nobody else sees any."""
        if principal.serves:
            return self
        return self.filter(theirs(principal.person_id)) if principal.kind == "person" else self.none()

    def of(self, person):
        """Everything that is known to be this person's, whichever of their records it hangs on."""
        return self.filter(person_id__in=person.cluster_ids)
