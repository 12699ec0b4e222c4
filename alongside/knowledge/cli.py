"""`alongside lessons load FILE`: lessons from files; `alongside lessons list`: those that are here."""

import argparse
from pathlib import Path

from django.db.models import Count, Q

from alongside.knowledge.loading import LEFT, NEW, RENEWED, SAME, load_file
from alongside.knowledge.models import Lesson
from alongside.lib.commands import Failed
from alongside.lib.places import BadFile

BECAME = {NEW: "taken in", RENEWED: "brought up to the file", SAME: "here already, and the same",
          LEFT: "left as the house has it"}


def main(argv: list[str]) -> int:
    """Load one file, or list the lessons; 0 done, 1 the file is wrong."""
    parser = argparse.ArgumentParser(prog="alongside lessons", description="Look after lessons.")
    acts = parser.add_subparsers(dest="act", required=True)
    load = acts.add_parser("load", help="put a lesson into the house, or bring it up to date")
    load.add_argument("file", type=Path, help="a YAML file, such as examples/lessons/flat-white.yaml")
    acts.add_parser("list", help="the lessons that are here")
    asked = parser.parse_args(argv)
    return _load(asked.file) if asked.act == "load" else _list()


def _load(file: Path) -> int:
    try:
        done = load_file(file)
    except BadFile as wrong:
        raise Failed(str(wrong)) from wrong
    print(f"{done.lesson.title}: {BECAME[done.state]}, {len(done.lesson.standing)} steps.")
    return 0


def _list() -> int:
    for held in Lesson.objects.annotate(steps=Count("parts", filter=Q(parts__taken_out_at=None))):
        state = "retired" if held.retired_at else f"{held.steps} steps"
        print(f"{held.key or held.id}  {held.title}, {state}")
    return 0
