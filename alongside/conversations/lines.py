"""The quiet lines between messages: who assigned, closed, snoozed, merged, and when; drawn from the ledger."""

from dataclasses import dataclass, field
from datetime import datetime

QUIET = (
    "assigned", "handed_to_team", "prioritised", "retitled", "moved", "closed", "reopened", "snoozed", "woken",
    "marked_spam", "thrown_away", "tagged", "untagged", "merged", "unmerged", "let_in", "split_out", "message_undone",
)


@dataclass
class Line:
    """One thing that happened. Names are "" for nobody, or for the house itself (a conversation woke)."""

    at: datetime
    kind: str
    actor: str
    data: dict = field(default_factory=dict)
    assignee: str = ""
    team: str = ""
    tag: str = ""
    inbox: str = ""

    @property
    def until(self) -> datetime | None:
        """Until when it was snoozed."""
        return datetime.fromisoformat(self.data["until"]) if "until" in self.data else None


SELECT_LINES = """
SELECT json_agg(json_build_array(
         e.at, e.kind, coalesce(nullif(p.called, ''), p.full_name, ''), e.data,
         coalesce(nullif(q.called, ''), nullif(q.full_name, ''), split_part(m.email, '@', 1), ''),
         coalesce(t.name, ''), coalesce(w.name, ''), coalesce(i.name, '')) ORDER BY e.at, e.id)
  FROM (SELECT e.at, e.id, e.kind, e.actor_id, e.data FROM events_event e
         WHERE e.subject_id = ANY(%(people)s) AND e.kind = ANY(%(kinds)s)
           AND e.at >= coalesce(%(since)s, '-infinity'::timestamptz)
           AND e.at < coalesce(%(until)s, 'infinity'::timestamptz)
           AND e.data->'conversation' = ANY(SELECT to_jsonb(unnest(%(ids)s)))
         ORDER BY e.at DESC, e.id DESC LIMIT 200) AS e
  LEFT JOIN people_person p ON p.id = e.actor_id
  LEFT JOIN members_member m ON m.id = (e.data->>'assignee')::bigint
  LEFT JOIN people_person q ON q.id = m.person_id
  LEFT JOIN members_team t ON t.id = (e.data->>'team')::bigint
  LEFT JOIN conversations_tag w ON w.id = (e.data->>'tag')::bigint
  LEFT JOIN conversations_inbox i ON i.id = (e.data->>'to')::bigint AND e.kind = 'conversations.moved'
"""  # the latest 200 of `kinds`, of conversations `ids` and their `people`, from `since` until `until`


def lines_of(rows, ids) -> list[Line]:
    """The lines of what SELECT_LINES found for the conversations `ids`, oldest first."""
    lines = []
    for at, kind, actor, data, assignee, team, tag, inbox in rows:
        if data.get("taken") == data["conversation"] and data["kept"] in ids:
            continue  # a merging is told in both lives; where both are shown it is one line
        at = datetime.fromisoformat(at)
        lines.append(Line(at, kind.partition(".")[2], actor, data, assignee, team, tag, inbox))
    return lines
