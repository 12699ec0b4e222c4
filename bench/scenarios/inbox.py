"""The inbox: a whole page at the server, and its SQL beside a raw keyset query."""

from django.db import connection

from alongside.conversations import listing
from bench import serving
from bench.measuring import Row, interleaved
from bench.scenarios import world

RAW = """SELECT id, subject, preview, last_at FROM conversations_conversation
 WHERE state = 'open' AND merged_into_id IS NULL ORDER BY last_at DESC, id DESC LIMIT 51"""
RAW_INBOX = """SELECT id, subject, preview, last_at FROM conversations_conversation
 WHERE state = 'open' AND merged_into_id IS NULL AND inbox_id = %s ORDER BY last_at DESC, id DESC LIMIT 51"""


def run(options) -> list[Row]:
    """Whole pages of three views through the server, then the list's SQL in this process beside the raw query."""
    member = world.reader()
    views = ("all", "team", "unassigned", "done", "mine")
    with serving.server(ALONGSIDE_JOBS="separate") as server:
        client = server.client(member)
        with serving.Share(server.pid) as share:
            pages = {f"page /inbox/{view}": (lambda view=view: client.get(f"/inbox/{view}")) for view in views}
            rows = interleaved(pages, rounds=options.rounds, each=options.each)
    for row, view in zip(rows, views, strict=True):
        row.notes |= {"queries": world.page_queries(member, f"/inbox/{view}"), "generator": share.generator}
    return rows + _sql(member, options)


def _sql(member, options) -> list[Row]:
    principal, inboxes = member.principal(), world.inbox_ids()
    works = {
        f"SQL of {view}": (lambda view=view: listing.page(principal, view)) for view in ("all", "team", "unassigned")
    }
    rows = interleaved(
        {
            **works,
            "raw keyset, whole house": lambda: _raw(RAW),
            "raw keyset, one inbox": lambda: _raw(RAW_INBOX, inboxes[:1]),
        },
        rounds=options.rounds,
        each=options.each,
    )
    raw = rows[-2].figures()["p50_ms"]
    for row in rows[:-2]:
        row.notes["× raw"] = round(row.figures()["p50_ms"] / raw, 1)
    return rows


def _raw(sql: str, params=None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.fetchall()
