"""`alongside bench …`: load a large world, then measure, beside the raw limits of the same work."""

import argparse
import importlib
import sys

from bench.measuring import show
from bench.scenarios import booth
from bench.scenarios.world import NotLoaded

SCENARIOS = {
    "inbox": ("bench.scenarios.inbox", "pages of the inbox, and their SQL beside a raw keyset query"),
    "open": ("bench.scenarios.opening", "opening a conversation"),
    "search": ("bench.scenarios.searching", "a rare and a common word, beside the raw fenced query"),
    "recognise": ("bench.scenarios.recognising", "people by names, numbers, mistakes, beside a raw look-up"),
    "duplicates": ("bench.scenarios.duplicates", "everyone looked through for people written down twice"),
    "reply": ("bench.scenarios.reply", "an answer, beside a raw commit"),
    "ingest": ("bench.scenarios.ingest", "mail in, messages a second"),
    "live": ("bench.scenarios.live", "a change on another screen"),
    "stalled": ("bench.scenarios.stalled", "fifty stalled uploads and downloads beside ordinary work"),
    "usual": ("bench.scenarios.usual", "how often the usual is the true one, of seeded regulars"),
    "booth": ("bench.scenarios.booth", "a shared page, beside servers of others for the same devices"),
    "start": ("bench.scenarios.start", "the second start, and the idle process"),
}


def main(argv: list[str]) -> int:
    """Run one command; 0 done, 1 nothing to measure on."""
    asked = _parser().parse_args(argv)
    if asked.do in ("load", "load-people"):
        return _load(asked) if asked.do == "load" else _load_people(asked)
    try:
        rows = importlib.import_module(SCENARIOS[asked.do][0]).run(asked)
    except NotLoaded:
        print("There is no large world here yet. First: alongside bench load", file=sys.stderr)
        return 1
    show(rows, asked.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alongside bench", description=__doc__)
    commands = parser.add_subparsers(dest="do", required=True)
    load = commands.add_parser("load", help="fill the database by COPY; on a data folder of its own, please")
    load.add_argument("--conversations", type=int, default=100_000)
    load.add_argument("--messages", type=int, default=500_000)
    people = commands.add_parser("load-people", help="the same with people only, and all that finds them")
    people.add_argument("--people", type=int, default=1_000_000)
    for name, (_, words) in SCENARIOS.items():
        scenario = commands.add_parser(name, help=words)
        scenario.add_argument("--rounds", type=int, default=3, help="rounds, in which all variants take turns")
        scenario.add_argument("--each", type=int, default=70, help="requests of each variant a round")
        scenario.add_argument("--count", type=int, default=500, help="mails a round (ingest)")
        scenario.add_argument("--json", action="store_true", help="print JSON")
        if name == "recognise":
            scenario.add_argument("--beside", metavar="FOLDER", help="a second house, asked the same in turn")
            scenario.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)  # be that house
        if name == "booth":
            booth.arguments(scenario)
        if name == "duplicates":
            scenario.add_argument("--people", type=int, default=0,
                                  help="first write down so many, some of them twice, where fewer are here")
            scenario.set_defaults(rounds=1)
    return parser


def _load(asked) -> int:
    from bench.loading import load

    print(f"Loading {asked.conversations:,} conversations and {asked.messages:,} messages …")
    counts = load(asked.conversations, asked.messages)
    print(f"Done in {counts['seconds']} s.")
    return 0


def _load_people(asked) -> int:
    from bench.people import load

    print(f"Loading {asked.people:,} people …")
    print(f"Done in {sum(load(asked.people).values()):.0f} s.")
    return 0
