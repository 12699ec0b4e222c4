"""Search for a rare and for a common word, beside the raw fenced query for the same word."""

from django.db import connection

from bench import serving
from bench.measuring import Row, interleaved
from bench.scenarios import world

RAW = """WITH matches AS MATERIALIZED (
   SELECT id, at FROM search_searchdocument WHERE vector @@ to_tsquery('simple', %s) AND conversation_id IS NOT NULL),
 page AS MATERIALIZED (SELECT id FROM matches ORDER BY at DESC, id DESC LIMIT 21)
 SELECT d.id, d.kind, d.at, m.text, c.subject, p.called, a.called FROM page
   JOIN search_searchdocument d USING (id)
   JOIN conversations_conversation c ON c.id = d.conversation_id
   JOIN conversations_message m ON m.id = d.message_id
   JOIN people_person p ON p.id = c.person_id
   LEFT JOIN people_person a ON a.id = m.author_id
  ORDER BY d.at DESC, d.id DESC"""


def run(options) -> list[Row]:
    """The search function in this process beside the raw query, then the whole page through the server."""
    from alongside.search.finding import find

    member = world.reader()
    principal = member.principal()
    rare, common = words()
    works = {}
    for name, word in (("rare", rare), ("common", common)):
        works[f"search, {name} word"] = lambda word=word: find(principal, word + " ", 20)
        works[f"raw fenced, {name} word"] = lambda word=word: _raw(word)
    rows = interleaved(works, rounds=options.rounds, each=options.each)
    for ours, raw in zip(rows[::2], rows[1::2], strict=True):
        ours.notes["× raw"] = round(ours.figures()["p50_ms"] / raw.figures()["p50_ms"], 1)
    with serving.server(ALONGSIDE_JOBS="separate") as server:
        client = server.client(member)
        pages = {
            f"page, {name} word": (lambda word=word: client.get(f"/search?q={word}"))
            for name, word in (("rare", rare), ("common", common))
        }
        rows += interleaved(pages, rounds=options.rounds, each=options.each)
    return rows


def words() -> tuple[str, str]:
    """A word that a handful of documents hold, and one that most do."""
    from bench.words import Speech

    vocabulary = Speech().words
    for word in reversed(vocabulary[-4000:]):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM (SELECT 1 FROM search_searchdocument "
                "WHERE vector @@ to_tsquery('simple', %s) LIMIT 2000) few",
                [word],
            )
            if 3 <= cursor.fetchone()[0] < 2000:
                return word, vocabulary[2]
    raise world.NotLoaded


def _raw(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RAW, [word])
        cursor.fetchall()
