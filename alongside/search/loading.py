"""Makes the search documents of a large load by COPY, with the word index made after."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Q

from alongside.conversations.models import Message
from alongside.search import indexing, rebuilding
from alongside.search.models import SearchDocument
from alongside.search.stems import Stems

FRESH = 3  # a load this many times larger than what is there is quicker without the index, which is made after
SMALL = 5_000  # messages for which nothing of this pays
_INDEX = "search_vector"


def index_in_bulk(*, conversation_ids: tuple[int, int], person_ids: tuple[int, int]) -> int:
    """Make the documents of all conversations and people in these ranges of ids (both ends included).

    For loads into which nobody writes meanwhile: they must have no documents yet. Returns how many were made.
    """
    with _index_made_after(conversation_ids):
        count = _copy_all(_made(conversation_ids, person_ids))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchdocument")
    return count


def _made(conversation_ids, person_ids) -> Iterator[list[tuple]]:
    """The rows, a stretch at a time."""
    stems = Stems()
    for span in rebuilding.ranges(person_ids):
        yield list(indexing.person_rows(Q(id__range=span), stems))
    for first, last in rebuilding.ranges(conversation_ids):
        span = {"first": first, "last": last}
        yield list(indexing.message_rows("c.id BETWEEN %(first)s AND %(last)s", span, stems))


def _copy_all(stretches: Iterator[list[tuple]]) -> int:
    """Copy each stretch while the next is being made; inside somebody's transaction one after the other."""
    if connection.in_atomic_block:
        return sum(map(_copy, stretches))
    count, before = 0, Future()
    before.set_result(0)
    with ThreadPoolExecutor(1) as beside:
        try:
            for rows in stretches:
                count += before.result()
                before = beside.submit(_copy, rows)
            return count + before.result()
        finally:
            beside.submit(lambda: connection.close()).result()  # the one of that thread


def _copy(rows: list[tuple]) -> int:
    columns = ", ".join(indexing.COLUMNS)
    with connection.cursor() as cursor, cursor.copy(f"COPY search_searchdocument ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    return len(rows)


@contextmanager
def _index_made_after(conversation_ids: tuple[int, int]):
    """Without the word index while a large load runs; it is made again at the end, come what may."""
    first, last = conversation_ids
    loading = Message.objects.filter(conversation_id__gte=first, conversation_id__lte=last).count()
    if loading <= SMALL or loading <= FRESH * SearchDocument.objects.count():
        yield
        return
    index = next(index for index in SearchDocument._meta.indexes if index.name == _INDEX)
    with connection.schema_editor() as editor:
        editor.remove_index(SearchDocument, index)
    try:
        yield
    finally:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index is made while they wait to be looked at
                cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            with connection.schema_editor() as editor:
                editor.add_index(SearchDocument, index)
