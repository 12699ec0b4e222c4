"""Keeping lists in step: a booth's goal in plain words, and when something on it was last changed."""

import time
from collections.abc import Iterable

from django.db import Error as DatabaseError
from django.db import connection, transaction

from alongside.booths.models.booth import MOST_GOAL
from alongside.live.models import changed

AFTER_SECONDS = 3.0  # from a change to its note, so that typing does not note every letter

_NOTE = """
    UPDATE booths_booth AS booth SET goal = given.goal, touched_at = now()
    FROM unnest(%s::bigint[], %s::text[]) AS given(id, goal)
    WHERE booth.id = given.id AND (booth.goal <> given.goal OR booth.touched_at < now() - interval '1 minute')
      AND EXISTS (SELECT FROM booths_participant WHERE booth_id = booth.id)  -- not of one that was forgotten meanwhile
    RETURNING booth.person_id
"""


async def note(rooms: Iterable, threads, at_once: bool = False) -> None:
    """Note those pages that were changed a little while ago (or at all). Raises django.db.Error; they are due then
    still."""
    now = time.monotonic()
    due = [room for room in rooms if room.changed_at is not None
           and (at_once or now - room.changed_at >= AFTER_SECONDS or not room.connections)]
    if not due:
        return
    goals = {room.booth_id: plain(room.page.goal()) for room in due}
    for room in due:
        room.changed_at = None
    try:
        await threads.query(write, goals)
    except DatabaseError:
        for room in due:
            room.changed_at = now
        raise


def plain(goal: str) -> str:
    """A goal as lists have it."""
    return goal.replace("\x00", "").strip()[:MOST_GOAL]


def write(goals: dict[int, str]) -> None:
    """Note goals by the ids of their booths; lists hear of those that changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NOTE, [list(goals), list(goals.values())])
        people = {person_id for (person_id,) in cursor.fetchall()}
        if people:
            changed("booths:all")
        for person_id in filter(None, people):
            changed(f"person:{person_id}")
