"""An answer: from the button to the redirect, beside a raw commit of the same row."""

import itertools

from django.db import connection

from bench import serving
from bench.measuring import Row, interleaved
from bench.scenarios import world

RAW = """INSERT INTO conversations_message
 (conversation_id, kind, seat, channel, subject, text, folded, html, at, state, message_id, in_reply_to, "references",
  automatic, held, sender_state, trouble, once)
 VALUES (%s, 'note', 'ours', '', '', %s, '', '', now(), 'kept', '', '', '{}', false, false, '', '', '')"""
WORDS = "Thank you for writing. It is here, it is dry, and it waits for you by the till. " * 3


def run(options) -> list[Row]:
    """Different conversations in turn; each is answered once a round."""
    member = world.reader()
    ids = world.some_conversations(2000)
    pages, raws = itertools.cycle(ids), itertools.cycle(ids)
    with serving.server(ALONGSIDE_JOBS="separate") as server:
        client = server.client(member)

        def answer():
            fields = {"kind": "reply", "body": WORDS, "to": "someone@people.example", "seen": 10**12, "action": "send"}
            client.post(f"/conversations/{next(pages)}/answer", fields, expect=(302, 303))

        def raw():
            with connection.cursor() as cursor:
                cursor.execute(RAW, [next(raws), WORDS])

        with serving.Share(server.pid) as share:
            rows = interleaved(
                {"reply": answer, "raw commit of a message": raw}, rounds=options.rounds, each=options.each
            )
    rows[0].notes |= {"generator": share.generator}
    return rows
