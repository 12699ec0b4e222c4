"""`alongside doctor`: checks what an operator answers for, and says what to do. Each module here checks one subject."""

import argparse
import contextlib
import json
from collections.abc import Iterable, Iterator

from alongside.cli.doctor.findings import FAIL, Finding, fail
from alongside.lib.engine.errors import EngineError


def main(argv: list[str]) -> int:
    """Print every finding; exit 1 when one is a failure."""
    parser = argparse.ArgumentParser(
        prog="alongside doctor", description="Check settings, database, mail, disk and clock, and say what to do."
    )
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    options = parser.parse_args(argv)
    found = []
    for finding in examine():
        found.append(finding)
        if not options.json:
            print(finding.line(), flush=True)
    bad = sum(finding.level == FAIL for finding in found)
    if options.json:
        print(json.dumps([finding.as_dict() for finding in found], indent=1))
    else:
        print(f"\n{bad} to mend." if bad else "\nNothing to mend.")
    return 1 if bad else 0


def examine() -> Iterator[Finding]:
    """Every check in turn. One that cannot be made is a failure, never an error."""
    from alongside.cli.doctor import database, mail, settings, surroundings
    from alongside.cli.setting_up import database as running
    from alongside.cli.setting_up import django

    with contextlib.ExitStack() as stack:
        try:
            place = stack.enter_context(running())
            django()
        except (EngineError, OSError) as broken:
            yield fail("database", str(broken), "Mend this first; nothing else can be checked without it.")
            yield from _each(surroundings.check_disk())
            return
        yield from _each(settings.check())
        yield from _each(database.check(place))
        yield from _each(mail.check())
        yield from _each(surroundings.check(place))


def _each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of one module; what breaks it becomes one more."""
    try:
        yield from findings
    except Exception as broken:
        yield fail("doctor", f"a check broke off: {type(broken).__name__}: {broken}", "Report this line.")
