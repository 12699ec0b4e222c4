"""`alongside demo fill|remove|status`."""

import argparse
import sys

from alongside.demo import filling, removing


def main(argv: list[str]) -> int:
    """Run the command; 0 done, 1 refused. The words say why."""
    parser = argparse.ArgumentParser(prog="alongside demo", description="The small world to try everything in.")
    parser.add_argument("do", choices=["fill", "remove", "status"], help="what to do with the demo")
    parser.add_argument("--yes", action="store_true", help="remove without asking")
    asked = parser.parse_args(argv)
    return {"fill": _fill, "remove": _remove, "status": _status}[asked.do](asked)


def _fill(asked) -> int:
    from alongside.desk.first_link import the_owner

    if filling.is_filled():
        print("The demo is here already.")
        return 0
    try:
        count = filling.fill(the_owner())
    except filling.NotEmpty:
        print("There are people in this house already, so the demo stays out. Nothing was changed.", file=sys.stderr)
        return 1
    print(f"The demo is here: {count} conversations of the last month.")
    return 0


def _remove(asked) -> int:
    if not filling.is_filled():
        print("There is no demo here.")
        return 0
    if not asked.yes and not sys.stdin.isatty():
        print("Nobody is here to be asked. To remove it without asking: alongside demo remove --yes", file=sys.stderr)
        return 1
    if not asked.yes and input("Remove the demo and everything written in it? [y/N] ").strip().lower() != "y":
        print("Nothing was changed.")
        return 1
    print(f"The demo is gone, with {removing.remove()} conversations.")
    return 0


def _status(asked) -> int:
    print("The demo is here." if filling.is_filled() else "There is no demo here.")
    return 0
