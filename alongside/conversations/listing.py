"""The lists of conversations: pages by key, in one SQL, each walking an index in order and stopping after a page."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from alongside.conversations.arms import VIEWS, Scope, UnknownView, found
from alongside.conversations.models import Conversation
from alongside.lib.keyset import make_cursor, read_cursor
from alongside.lib.prepared import fetch
from alongside.lib.principal import Principal
from alongside.lib.tallies import Tally, ask

__all__ = ["CAP", "Neighbours", "Page", "Row", "UnknownView", "VIEWS", "counts", "inbox_counts", "neighbours", "page",
           "rows", "tally"]

CAP = 100  # a count that reaches this is shown as "99+"
SIZE = 50
MOST = 200


@dataclass(slots=True)
class Row:
    """What a list shows of one conversation. Names are "" where there is none, ids and times None."""

    id: int
    person_id: int
    person: str
    address: str
    subject: str
    preview: str
    last_at: datetime
    last_seat: str
    channel: str
    state: str
    priority: int
    snoozed_until: datetime | None
    inbox_id: int
    inbox: str
    assignee_id: int | None
    assignee: str
    team_id: int | None
    team: str
    unread: bool
    draft: bool
    marks: list[str]
    held: bool
    tags: list[str]

    @property
    def failed(self) -> bool:
        """Something that we sent did not arrive, or nobody knows whether it did."""
        return "failed" in self.marks or "unknown" in self.marks

    @property
    def waiting(self) -> bool:
        """Something that we wrote has not left yet."""
        return "waiting" in self.marks or "leaving" in self.marks


@dataclass(frozen=True)
class Page:
    """One page of a list, and the cursor of the next (None at the end)."""

    rows: list[Row] = field(default_factory=list)
    next_cursor: str | None = None


@dataclass(frozen=True)
class Neighbours:
    """The ids of the conversations before and after one in a list; None at its ends."""

    newer: int | None = None
    older: int | None = None


# Names are looked up row by row, and what is asked of a row is fenced (OFFSET 0): fifty look-ups by key are less
# work than any join that the planner might prefer over tables whose sizes it misjudges.
_ROWS = """
SELECT c.id, p.id, coalesce(nullif(p.called, ''), p.full_name),
       CASE WHEN p.called = '' AND p.full_name = '' THEN coalesce(
           (SELECT i.value FROM people_identity i
             WHERE i.person_id = p.id OR i.person_id IN (SELECT t.id FROM people_person t WHERE t.merged_into_id = p.id)
             ORDER BY i.preferred DESC, i.id LIMIT 1), '')
       ELSE '' END,
       c.subject, c.preview, c.last_at, c.last_seat, c.channel, c.state, c.priority, c.snoozed_until,
       c.inbox_id, (SELECT i.name FROM conversations_inbox i WHERE i.id = c.inbox_id),
       c.assignee_id,
       coalesce((SELECT coalesce(nullif(q.called, ''), nullif(q.full_name, '')) FROM people_person q
                  WHERE q.id = (SELECT a.person_id FROM members_member a WHERE a.id = c.assignee_id)),
                (SELECT split_part(a.email, '@', 1) FROM members_member a WHERE a.id = c.assignee_id), ''),
       c.team_id, coalesce((SELECT t.name FROM members_team t WHERE t.id = c.team_id), ''),
       c.newest_id > coalesce((SELECT r.message_id FROM conversations_reading r
                                WHERE r.member_id = %(me)s AND r.conversation_id = c.id), 0),
       EXISTS (SELECT 1 FROM conversations_draft d WHERE d.conversation_id = c.id AND d.member_id = %(me)s
                  AND (d.text <> '' OR d.files <> '[]') OFFSET 0),
       ARRAY(SELECT DISTINCT m.state FROM conversations_message m WHERE m.conversation_id = c.id
                AND m.state IN ('waiting', 'leaving', 'failed', 'unknown')),
       EXISTS (SELECT 1 FROM conversations_participant h WHERE h.conversation_id = c.id AND h.held OFFSET 0),
       ARRAY(SELECT (SELECT t.name FROM conversations_tag t WHERE t.id = g.tag_id)
               FROM conversations_tagging g WHERE g.conversation_id = c.id ORDER BY 1)
  FROM found
  JOIN conversations_conversation c ON c.id = found.id
  JOIN people_person o ON o.id = c.person_id
  JOIN people_person p ON p.id = coalesce(o.merged_into_id, o.id)
 ORDER BY found.last_at DESC, found.id DESC
"""


def page(principal: Principal, view: str = "mine", *, inbox: int | None = None, tag: int | None = None,
         cursor: str | None = None, size: int = SIZE) -> Page:
    """One page of what `principal` may see, newest first, in one SQL (two with a tag).

    `inbox` and `tag` are ids; one that does not exist or is not theirs gives no rows. Raises UnknownView and
    keyset.BadCursor.
    """
    scope = Scope(principal, view, inbox=inbox, tag=tag)
    size = max(1, min(size, MOST))
    place = read_cursor(cursor)
    if not principal.serves:
        return Page()
    listed = _listed(scope, found(scope, limit=size + 1, before=place))
    if len(listed) <= size:
        return Page(listed)
    return Page(listed[:size], make_cursor(listed[size - 1].last_at, listed[size - 1].id))


def rows(principal: Principal, ids) -> list[Row]:
    """Those of the conversations `ids` that the principal may see, newest first: to draw single rows anew."""
    ids = [int(id) for id in ids][:MOST]
    if not principal.serves or not ids:
        return []
    scope = Scope(principal, "any", ids=ids)
    return _listed(scope, found(scope, limit=MOST))


def counts(principal: Principal, views=("mine", "team", "unassigned", "snoozed"), *,
           inbox: int | None = None) -> dict[str, int]:
    """How many stand in each of `views`, counted up to CAP and no further, in one SQL."""
    if not principal.serves:
        return dict.fromkeys(views, 0)
    return dict(zip(views, ask([tally(principal, view, inbox=inbox) for view in views]), strict=True))


def tally(principal: Principal, view: str, *, inbox: int | None = None) -> Tally:
    """How many stand in `view`, up to CAP, to be counted with other numbers."""
    scope = Scope(principal, view, inbox=inbox)
    return Tally("\n".join(("SELECT count(*) FROM (", found(scope, limit=CAP), ") AS few")), scope.params)


_INBOX_COUNTS = """
    SELECT door.id, (SELECT count(*) FROM (
               SELECT 1 FROM conversations_conversation c
                WHERE c.merged_into_id IS NULL AND c.inbox_id = door.id AND c.state = 'open' LIMIT %(cap)s) AS few)
      FROM conversations_inbox door
     WHERE %(all)s OR door.id IN (SELECT t.inbox_id FROM conversations_inbox_teams t WHERE t.team_id = ANY(%(teams)s))
"""


def inbox_counts(principal: Principal) -> dict[int, int]:
    """How many are open in each inbox that the principal serves, counted up to CAP."""
    if not principal.serves:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_INBOX_COUNTS, {"cap": CAP, "all": principal.sees_everything, "teams": list(principal.team_ids)})
        return dict(cursor.fetchall())


def neighbours(principal: Principal, conversation: Conversation, view: str = "mine", *, inbox: int | None = None,
               tag: int | None = None) -> Neighbours:
    """What stands before and after `conversation` in a list, whether or not it still stands there itself."""
    if not principal.serves:
        return Neighbours()
    place = (conversation.last_at, conversation.id)
    newer = Scope(principal, view, inbox=inbox, tag=tag, prefix="newer_")
    older = Scope(principal, view, inbox=inbox, tag=tag, prefix="older_")
    sql = "\n".join((
        "SELECT (SELECT id FROM (", found(newer, limit=1, after=place), ") AS newer), (SELECT id FROM (",
        found(older, limit=1, before=place), ") AS older)",
    ))
    with connection.cursor() as cursor:
        cursor.execute(sql, newer.params | older.params)
        return Neighbours(*cursor.fetchone())


def _listed(scope: Scope, sql: str) -> list[Row]:
    whole = "\n".join(("WITH found AS MATERIALIZED (", sql, ")", _ROWS))
    return [Row(*columns) for columns in fetch(whole, {**scope.params, "me": scope.principal.member_id})]
