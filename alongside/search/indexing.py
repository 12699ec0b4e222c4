"""Makes search documents from people and messages, and writes them, many at a time."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.db.models import Q

from alongside.conversations.models import UNDONE, Message
from alongside.lib.picture_marks import in_words
from alongside.people.models import Person
from alongside.search.models import FILE, MESSAGE, NOTE, PERSON, SearchDocument
from alongside.search.stems import Stems
from alongside.search.vectors import vector, vector_of_words, words_in

AT_ONCE = 500
LONGEST_TEXT = 200_000  # characters of one message that are looked at

# A document as a row: kind, object, conversation, message, person, at, vector.
COLUMNS = ("kind", "object_id", "conversation_id", "message_id", "person_id", "at", "vector")

# Each message with the conversation that shows it, which is the one it was merged into.
_MESSAGES = """
    SELECT m.id, m.kind, m.author_id, m.at, m.subject, left(m.text, %(longest)s), shown.id, shown.inbox_id,
           shown.person_id,
           CASE WHEN NOT EXISTS (SELECT 1 FROM conversations_message e
                                  WHERE e.conversation_id = m.conversation_id AND e.kind = 'message'
                                    AND (e.at, e.id) < (m.at, m.id)) THEN c.subject END,
           c.subject,
           ARRAY(SELECT r.role || ' ' || r.address FROM conversations_recipient r WHERE r.message_id = m.id),
           ARRAY(SELECT e.id || ' ' || f.name FROM conversations_enclosure e JOIN files_file f ON f.id = e.file_id
                  WHERE e.message_id = m.id AND NOT e.inline)
      FROM conversations_message m
      JOIN conversations_conversation c ON c.id = m.conversation_id
      JOIN conversations_conversation shown ON shown.id = coalesce(c.merged_into_id, c.id)
     WHERE m.state <> %(undone)s AND {which}
     ORDER BY m.id
"""
_UPSERT = """
    INSERT INTO search_searchdocument (kind, object_id, conversation_id, message_id, person_id, at, vector)
    SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[],
                         %s::tsvector[])
    ON CONFLICT (kind, object_id) DO UPDATE
       SET conversation_id = excluded.conversation_id, message_id = excluded.message_id,
           person_id = excluded.person_id, at = excluded.at, vector = excluded.vector
"""


def index_messages(ids: Iterable[int], stems: Stems | None = None) -> None:
    """Make the documents of these messages, with their files, as they stand now; none for what was undone."""
    stems = stems or Stems()
    ids = list(ids)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        with transaction.atomic():
            rows = list(message_rows("m.id = ANY(%(ids)s)", {"ids": some}, stems))
            kept = {(row[0], row[1]) for row in rows}
            for document in SearchDocument.objects.filter(message_id__in=some).only("id", "kind", "object_id"):
                if (document.kind, document.object_id) not in kept:
                    document.delete()
            write(rows)


def index_conversations(ids: Iterable[int]) -> None:
    """Make the documents of everything that these conversations show, and of what was merged into them."""
    of_these = Q(conversation__in=list(ids)) | Q(conversation__merged_into__in=list(ids))
    index_messages(Message.objects.filter(of_these).values_list("id", flat=True))


def index_people(ids: Iterable[int], stems: Stems | None = None) -> None:
    """Make the documents of these people: names, addresses, what matters to them."""
    write(list(person_rows(Q(id__in=list(ids)), stems or Stems())))


def message_rows(which: str, params: dict, stems: Stems) -> Iterator[tuple]:
    """The rows of the messages for which the SQL condition `which` (ours, never a reader's) holds, and their files."""
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGES.format(which=which), {**params, "longest": LONGEST_TEXT, "undone": UNDONE})
        while found := cursor.fetchmany(AT_ONCE):
            yield from _rows_of(found, stems)


def _rows_of(found: list[tuple], stems: Stems) -> Iterator[tuple]:
    made = []
    for id, kind, author, at, subject, text, shown, inbox, person, title, bare, addresses, files in found:
        facts = _facts(inbox, person, author, addresses) + (["h:file"] if files else [])
        titles = {t for t in (title, "" if title is None and is_answer(subject, bare) else subject) if t}
        parts = [words_in(in_words(text)), *(words_in(t) for t in sorted(titles))]
        made.append(((NOTE if kind == "note" else MESSAGE, id, shown, id, person, at), parts, facts))
        for enclosure, name in (file.split(" ", 1) for file in files):
            made.append(((FILE, int(enclosure), shown, id, person, at), [words_in(name)], [*facts, f"l:{kind}"]))
    stems.learn({written for _, parts, _ in made for words in parts for _, written in words})
    for row, parts, facts in made:
        yield (*row, vector_of_words(parts, [f"k:{row[0]}", *facts], stems))


def is_answer(subject: str, title: str) -> bool:
    """True when a message's subject says no more than its conversation's does: equal, or behind a "Re:"."""
    return subject.strip().casefold().endswith(title.strip().casefold())


def _facts(inbox: int, person: int, author: int | None, addresses: list[str]) -> list[str]:
    facts = [f"i:{inbox}", f"p:{person}"] + ([f"f:{author}"] if author else [])
    for role, address in (line.split(" ", 1) for line in addresses):
        letter = {"from": "f", "reply-to": "f"}.get(role, "t")
        facts.append(f"{letter}:{address.strip().casefold()[:254]}")
    return list(dict.fromkeys(facts))


def person_rows(which: Q, stems: Stems) -> Iterator[tuple]:
    """The rows of people."""
    people = Person.objects.filter(which).prefetch_related("identities").order_by("id")
    for person in people.iterator(chunk_size=AT_ONCE):
        reached = " ".join(f"{identity.value} {identity.key}" for identity in person.identities.all())
        texts = (person.called, person.full_name, reached, person.what_matters)
        yield (PERSON, person.id, None, None, person.id, person.since, vector(texts, [f"k:{PERSON}"], stems))


def write(rows: list[tuple]) -> None:
    """Write documents, in place of those of the same things."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT, [list(column) for column in zip(*rows, strict=True)])
