"""Whose a row is: a person's, and that of everyone who was merged into them."""

from django.db import models


def theirs(person_id: int, field: str = "person") -> models.Q:
    """The clause for that person's rows and those of whoever was merged into them.

    `field` leads from a row to its person; "pk" is for people themselves.
    """
    above = "merged_into" if field == "pk" else f"{field}__merged_into"
    return models.Q(**{field: person_id}) | models.Q(**{above: person_id})


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
