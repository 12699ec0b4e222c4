"""What the search room holds of a person: the documents by which they and their words are found."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.people.belongings import Belonging, register
from alongside.search.models import SearchDocument


class Documents(Belonging):
    """Derived from what other rooms hold, so there is nothing to read in it; it goes before they do."""

    name, label, order = "search", _("What is found by its words"), 96
    shown_in_merging = False

    def erase(self, person_ids, how):
        """It goes either way."""
        theirs = Q(person__in=person_ids) | Q(message__author__in=person_ids)
        theirs |= Q(message__conversation__person__in=person_ids)
        return SearchDocument.objects.filter(theirs).delete()[0]


register(Documents())
