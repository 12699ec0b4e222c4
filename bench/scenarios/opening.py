"""Opening a conversation: a whole page at the server, beside the raw reading of its messages."""

import itertools

from django.db import connection

from bench import serving
from bench.measuring import Row, interleaved
from bench.scenarios import world

RAW = """SELECT id, text, at FROM conversations_message WHERE conversation_id = %s ORDER BY at, id"""


def run(options) -> list[Row]:
    """Different conversations in turn, as a member opens them."""
    member = world.reader()
    ids = world.some_conversations(400)
    pages, raws = itertools.cycle(ids), itertools.cycle(ids)
    with serving.server(ALONGSIDE_JOBS="separate") as server:
        client = server.client(member)

        def raw():
            with connection.cursor() as cursor:
                cursor.execute(RAW, [next(raws)])
                cursor.fetchall()

        with serving.Share(server.pid) as share:
            rows = interleaved(
                {"open a conversation": lambda: client.get(f"/conversations/{next(pages)}"), "raw: its messages": raw},
                rounds=options.rounds,
                each=options.each,
            )
    rows[0].notes |= {
        "queries": world.page_queries(member, f"/conversations/{ids[0]}"),
        "queries, unread": world.first_queries(member, f"/conversations/{world.an_unread(member)}"),
        "generator": share.generator,
    }
    return rows
