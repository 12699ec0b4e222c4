"""Makes many search documents at once: all anew while people go on searching, or a large load by COPY."""

from django.db import connection, transaction
from django.db.models import Max, Q

from alongside.conversations.models import Message
from alongside.people.models import Person
from alongside.search import indexing
from alongside.search.models import SearchDocument
from alongside.search.stems import Stems

STRETCH = 2_000  # ids handled in one transaction
FRESH = 3  # a load this many times larger than what is there is quicker without the index, which is made after

_INDEX = "search_vector"


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
    return [(model, *ids) for ids in _ranges((1, last))]


def index_in_bulk(*, conversation_ids: tuple[int, int], person_ids: tuple[int, int]) -> int:
    """Make, by COPY, the documents of all conversations and people in these ranges of ids (both ends included).

    For loads into which nobody writes meanwhile: they must have no documents yet. Returns how many were made.
    """
    stems = Stems()
    with transaction.atomic():
        count = 0
        with _index_made_after(conversation_ids):
            for ids in _ranges(person_ids):
                count += _copy(indexing.person_rows(Q(id__range=ids), stems))
            for first, last in _ranges(conversation_ids):
                ids = {"first": first, "last": last}
                count += _copy(indexing.message_rows("c.id BETWEEN %(first)s AND %(last)s", ids, stems))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchdocument")
    return count


def _ranges(ids: tuple[int, int]):
    return [(first, min(first + STRETCH - 1, ids[1])) for first in range(ids[0], ids[1] + 1, STRETCH)]


def _copy(rows) -> int:
    rows = list(rows)  # made first: the connection can do nothing else while it copies
    columns = ", ".join(indexing.COLUMNS)
    with connection.cursor() as cursor, cursor.copy(f"COPY search_searchdocument ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    return len(rows)


class _index_made_after:
    """Without the word index while a large load runs; makes it again at the end. Small loads keep it."""

    def __init__(self, conversation_ids):
        first, last = conversation_ids
        loading = Message.objects.filter(conversation_id__gte=first, conversation_id__lte=last).count()
        self.fresh = loading > FRESH * SearchDocument.objects.count() and loading > STRETCH

    def __enter__(self):
        if self.fresh:
            with connection.schema_editor() as editor:
                editor.remove_index(SearchDocument, _vector_index())

    def __exit__(self, *failed):
        if self.fresh and failed[0] is None:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index can be made while they wait to be looked at
            with connection.schema_editor() as editor:
                editor.add_index(SearchDocument, _vector_index())


def _vector_index():
    return next(index for index in SearchDocument._meta.indexes if index.name == _INDEX)
