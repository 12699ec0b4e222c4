"""`alongside profiles load FILE`: question sets from files; `alongside profiles list`: those that are here."""

import argparse
from pathlib import Path

from alongside.lib.commands import Failed
from alongside.profiles.loading import BadFile, load_file
from alongside.profiles.models import QuestionSet


def main(argv: list[str]) -> int:
    """Load one file, or list the sets; 0 done, 1 the file is wrong."""
    parser = argparse.ArgumentParser(prog="alongside profiles", description="Look after question sets.")
    acts = parser.add_subparsers(dest="act", required=True)
    load = acts.add_parser("load", help="put a question set into the house, or bring it up to date")
    load.add_argument("file", type=Path, help="a YAML file, such as examples/profiles/buyer.yaml")
    acts.add_parser("list", help="the question sets that are here")
    asked = parser.parse_args(argv)
    return _load(asked.file) if asked.act == "load" else _list()


def _load(file: Path) -> int:
    try:
        done = load_file(file)
    except BadFile as wrong:
        raise Failed(str(wrong)) from wrong
    print(f"{done.set.name}, version {done.set.version}: {done.new} new, {done.changed} changed, "
          f"{done.retired} retired, {done.left} left as the house has them.")
    return 0


def _list() -> int:
    for held in QuestionSet.objects.all():
        asked = held.questions.filter(retired_at=None).count()
        state = "retired" if held.retired_at else f"{asked} questions"
        print(f"{held.key}  {held.name}, version {held.version}, {state}")
    return 0
