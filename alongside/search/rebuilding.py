"""Makes all search documents anew, while people go on searching."""

from django.db.models import Max

from alongside.conversations.models import Message
from alongside.people.models import Person
from alongside.search import indexing
from alongside.search.models import SearchDocument
from alongside.search.stems import Stems

STRETCH = 2_000  # ids handled in one transaction

def rebuild(say=lambda done, whole: None) -> int:
    """Make every document anew, stretch by stretch, and drop what stands for nothing. Returns how many there are.

    `say(done, whole)` hears how far it is, in ids. Searching goes on meanwhile.
    """
    stems, stretches = Stems(), [*_stretches(Person), *_stretches(Message)]
    for done, (model, first, last) in enumerate(stretches):
        say(done * STRETCH, len(stretches) * STRETCH)
        ids = model.objects.filter(id__range=(first, last)).values_list("id", flat=True)
        index = indexing.index_people if model is Person else indexing.index_messages
        index(list(ids), stems)
    say(1, 1)
    return SearchDocument.objects.count()


def _stretches(model):
    last = model.objects.aggregate(last=Max("id"))["last"] or 0
    return [(model, *ids) for ids in ranges((1, last))]


def ranges(ids: tuple[int, int]):
    """Ids from the first to the last, both included, cut into stretches."""
    return [(first, min(first + STRETCH - 1, ids[1])) for first in range(ids[0], ids[1] + 1, STRETCH)]
