"""What a search shows of a document: read for one page at a time, in one query whose plan is kept."""

from dataclasses import dataclass, field
from datetime import datetime

from alongside.lib.prepared import fetch
from alongside.search.snippets import Piece

# Names are subqueries, not joins: the planner tries every order of joins, and would think longer than it reads.
_HITS = """
SELECT d.id, d.kind, d.at, d.conversation_id, d.message_id,
       (SELECT coalesce(p.merged_into_id, p.id) FROM people_person p WHERE p.id = d.person_id), c.subject, c.state,
       coalesce((SELECT coalesce(nullif(h.called, ''), nullif(h.full_name, '')) FROM people_person p, people_person h
                  WHERE p.id = d.person_id AND h.id = coalesce(p.merged_into_id, p.id)),
                (SELECT i.value FROM people_identity i WHERE i.person_id = d.person_id ORDER BY i.id LIMIT 1), ''),
       coalesce((SELECT coalesce(nullif(h.called, ''), nullif(h.full_name, '')) FROM people_person p, people_person h
                  WHERE p.id = m.author_id AND h.id = coalesce(p.merged_into_id, p.id)),
                (SELECT i.value FROM people_identity i WHERE i.person_id = m.author_id ORDER BY i.id LIMIT 1), ''),
       (SELECT coalesce(p.merged_into_id, p.id) FROM people_person p WHERE p.id = m.author_id),
       m.seat, m.state, m.subject, left(m.text, 20000),
       CASE d.kind WHEN 'file' THEN (SELECT f.name FROM conversations_enclosure e JOIN files_file f ON f.id = e.file_id
                                      WHERE e.id = d.object_id) ELSE '' END
  FROM search_searchdocument d
  JOIN conversations_conversation c ON c.id = d.conversation_id
  JOIN conversations_message m ON m.id = d.message_id
 WHERE d.id = ANY(%(ids)s) ORDER BY d.at DESC, d.id DESC
"""


@dataclass
class Hit:
    """One message, note or file that was found. Texts come in (words, found) pieces, to be marked and escaped."""

    id: int
    kind: str
    at: datetime
    conversation_id: int
    message_id: int
    person_id: int
    title: str  # the conversation's subject, or else the message's
    conversation_state: str
    person: str
    author: str
    author_id: int | None
    seat: str
    state: str
    subject: str
    text: str
    file: str
    snippet: list[Piece] = field(default_factory=list)
    heading: list[Piece] = field(default_factory=list)  # the title, marked
    file_name: list[Piece] = field(default_factory=list)


def read(ids: list[int]) -> list[Hit]:
    """The documents of a page, newest first; without those that went while it was being looked for."""
    return [Hit(*row) for row in fetch(_HITS, {"ids": ids})] if ids else []
