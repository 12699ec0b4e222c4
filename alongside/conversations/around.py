"""What stands around a conversation's messages: who takes part, drafts, readers, quiet lines; in one SQL."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from alongside.conversations.arms import Scope, found
from alongside.conversations.lines import QUIET, SELECT_LINES, Line, lines_of
from alongside.conversations.listing import Neighbours
from alongside.conversations.models import Conversation
from alongside.lib.principal import Principal


@dataclass
class Taking:
    """Someone who takes part, or (held) a stranger who would."""

    id: int
    address: str
    name: str
    person_id: int | None
    held: bool


@dataclass
class Reader:
    """A colleague and the newest message that they have seen."""

    member_id: int
    name: str
    message_id: int
    at: datetime


@dataclass
class Around:
    """All of it. Identities, tags, mergings and blocks are plain dicts, as the page shows them."""

    participants: list[Taking] = field(default_factory=list)
    identities: list[dict] = field(default_factory=list)
    tags: list[dict] = field(default_factory=list)
    drafts: dict[str, dict] = field(default_factory=dict)
    readers: list[Reader] = field(default_factory=list)
    mergings: list[dict] = field(default_factory=list)
    blocks: list[dict] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    neighbours: Neighbours = field(default_factory=Neighbours)
    usually: int | None = None  # the member whom their person is usually with
    assignee: dict | None = None  # id, called and full_name of the person whose it is


# Everyone whom the person stands for is looked up first, as an array: beside an OR no index would be walked.
_AROUND = """
WITH they AS MATERIALIZED (SELECT %(person)s::bigint AS id
                           UNION ALL SELECT t.id FROM people_person t WHERE t.merged_into_id = %(person)s)
SELECT json_build_object(
  'participants', (SELECT json_agg(json_build_array(p.id, p.address, p.name, p.person_id, p.held)
                                   ORDER BY p.conversation_id <> %(id)s, p.id)
                     FROM conversations_participant p WHERE p.conversation_id = ANY(%(ids)s)),
  'identities', (SELECT json_agg(json_build_object('id', i.id, 'kind', i.kind, 'value', i.value,
                        'provenance', i.provenance, 'preferred', i.preferred) ORDER BY i.preferred DESC, i.id)
                   FROM people_identity i WHERE i.person_id = ANY(ARRAY(SELECT id FROM they))),
  'usually', (SELECT u.member_id FROM members_theirmember u, members_member m
               WHERE u.person_id = ANY(ARRAY(SELECT id FROM they)) AND u.until IS NULL
                 AND m.id = u.member_id AND m.is_active ORDER BY u.since DESC LIMIT 1),
  'assignee', (SELECT json_build_object('id', p.id, 'called', p.called, 'full_name', p.full_name)
                 FROM people_person p WHERE p.id = (SELECT m.person_id FROM members_member m WHERE m.id = %(whose)s)),
  'tags', (SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name)
             FROM conversations_tagging g, conversations_tag t
            WHERE t.id = g.tag_id AND g.conversation_id = %(id)s),
  'drafts', (SELECT json_agg(d) FROM conversations_draft d
              WHERE d.conversation_id = %(id)s AND d.member_id = %(me)s),
  'readers', (SELECT json_agg(json_build_array(r.member_id, coalesce(nullif(p.called, ''), nullif(p.full_name, ''),
                              split_part(m.email, '@', 1)), r.message_id, r.at) ORDER BY r.at DESC)
                FROM conversations_reading r, members_member m, people_person p
               WHERE m.id = r.member_id AND p.id = m.person_id AND r.conversation_id = %(id)s
                 AND r.member_id <> %(me)s AND %(serves)s),
  'mergings', (SELECT json_agg(json_build_object('id', m.id, 'kept_id', m.kept_id, 'taken_id', m.taken_id, 'at', m.at,
                      'subject', c.subject, 'by_called', p.called, 'by_full', p.full_name) ORDER BY m.id)
                 FROM conversations_merging m, conversations_conversation c, people_person p
                WHERE m.kept_id = ANY(%(ids)s) AND m.undone_at IS NULL AND c.id = m.taken_id AND p.id = m.by_id),
  'blocks', (SELECT json_agg(json_build_object('id', b.id, 'address', b.address) ORDER BY b.id)
               FROM conversations_block b WHERE %(serves)s AND b.address = ANY(ARRAY(
                 SELECT unnest(ARRAY[w.a, substring(w.a FROM '@[^@]*$')]) FROM (
                   SELECT p.address AS a FROM conversations_participant p WHERE p.conversation_id = ANY(%(ids)s)
                   UNION ALL SELECT i.key FROM people_identity i
                              WHERE i.kind = 'email' AND i.person_id = ANY(ARRAY(SELECT id FROM they))) AS w))),
  'lines', """


def look_around(principal: Principal, conversation: Conversation, cluster: list[int], people: list[int], *,
                since: datetime | None, until: datetime | None, view: str | None = None, inbox: int | None = None,
                tag: int | None = None) -> Around:
    """Everything around `conversation`, which shows the messages of `cluster` (itself first) and their `people`.

    `since` and `until` bound the quiet lines; `view`, `inbox` and `tag` are the list for its neighbours.
    Whoever does not serve gets neither lines nor readers nor drafts.
    """
    params = {
        "id": conversation.id, "whose": conversation.assignee_id, "ids": cluster,
        "person": conversation.whom.id, "me": principal.member_id or 0,
        "serves": principal.serves, "people": people, "since": since, "until": until,
        "kinds": [f"conversations.{kind}" for kind in QUIET] if principal.serves else [],
    }
    newer = older = "NULL"
    if view and principal.serves:
        newer, older, more = _beside(principal, conversation, view, inbox, tag)
        params |= more
    sql = "\n".join((_AROUND, "(", SELECT_LINES, "), 'newer',", newer, ", 'older',", older, ")::text"))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return _around(json.loads(cursor.fetchone()[0]), cluster)


def _beside(principal, conversation, view, inbox, tag):
    place = (conversation.last_at, conversation.id)
    newer = Scope(principal, view, inbox=inbox, tag=tag, prefix="newer_")
    older = Scope(principal, view, inbox=inbox, tag=tag, prefix="older_")
    one, other = found(newer, limit=1, after=place), found(older, limit=1, before=place)
    return (
        "\n".join(("(SELECT id FROM (", one, ") AS newer)")), "\n".join(("(SELECT id FROM (", other, ") AS older)")),
        newer.params | older.params,
    )


def _around(seen: dict, cluster: list[int]) -> Around:
    takings: dict[str, Taking] = {}
    for each in seen["participants"] or ():
        takings.setdefault(each[1], Taking(*each))  # each address once, first as the conversation itself has it
    drafts = {}
    for draft in seen["drafts"] or ():
        for name in ("send_at", "saved_at"):
            draft[name] = draft[name] and datetime.fromisoformat(draft[name])
        drafts[draft["kind"]] = draft
    return Around(
        participants=list(takings.values()), identities=seen["identities"] or [], tags=seen["tags"] or [],
        drafts=drafts, usually=seen["usually"], assignee=seen["assignee"],
        readers=[Reader(id, name, message_id, datetime.fromisoformat(at))
                 for id, name, message_id, at in seen["readers"] or ()],
        mergings=[{**each, "at": datetime.fromisoformat(each["at"])} for each in seen["mergings"] or ()],
        lines=lines_of(seen["lines"] or (), cluster), neighbours=Neighbours(seen["newer"], seen["older"]),
        blocks=seen["blocks"] or [],
    )
