"""`alongside search rebuild`: makes every search document anew."""

import argparse
import sys
import time

ABOUT = "Look after the search index"


def main(argv: list[str]) -> int:
    """Run `alongside search …`; returns the exit code."""
    parser = argparse.ArgumentParser(prog="alongside search", description=ABOUT)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser(
        "rebuild",
        help="make every search document anew",
        description="Makes every search document anew from people, messages and files, while searching goes on. "
        "Needed when something should be found and is not; after a change of the languages it runs by itself.",
    )
    parser.parse_args(argv)
    from alongside.search.rebuilding import rebuild

    began = time.monotonic()
    count = rebuild(_say)
    print(f"\r{count:,} search documents in {time.monotonic() - began:.0f} s.")
    return 0


def _say(done: int, whole: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done * 100 // max(1, whole):3d} % ", end="", file=sys.stderr, flush=True)
