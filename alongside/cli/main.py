"""The table of commands and how one is called: nothing is imported before it is needed."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from alongside.lib.commands import Failed
from alongside.lib.engine.errors import EngineError

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130


@dataclass(frozen=True)
class Command:
    """One command: where it lives ("module:function"), what it is for, and whether it wants Django and the database.

    The function takes the words after the command's name and returns an exit code or None.
    """

    place: str
    purpose: str
    with_database: bool = False
    plain: tuple[str, ...] = ()  # the first words after the name that want neither

    @property
    def module(self) -> str:
        """The module's dotted name."""
        return self.place.partition(":")[0]

    def exists(self) -> bool:
        """True when the module is there; a room that has not opened yet has no command."""
        try:
            return find_spec(self.module) is not None
        except ModuleNotFoundError:
            return False

    def load(self) -> Callable[[list[str]], int | None]:
        """The function."""
        return getattr(import_module(self.module), self.place.partition(":")[2])


COMMANDS = {
    "serve": Command("alongside.cli.serve:main", "Serve the product: pages, live stream and jobs in one process"),
    "worker": Command("alongside.cli.worker:main", "Do jobs and deliver events in a process of its own"),
    "migrate": Command("alongside.cli.migrate:main", "Bring the database's tables up to date"),
    "doctor": Command("alongside.cli.doctor:main", "Check settings, database, mail, disk, clock; say what to do"),
    "backup": Command("alongside.cli.backup:main", "Write everything into one file"),
    "restore": Command("alongside.cli.restore:main", "Bring everything back from such a file"),
    "database": Command("alongside.cli.database:main", "Look after the database: status, start, stop, upgrade, psql"),
    "sign-in": Command("alongside.desk.cli:main", "A one-time sign-in link for a member", True),
    "people": Command("alongside.people.cli:main", "Find people written down twice; try that on a file", True,
                      plain=("evaluate",)),
    "booth": Command("alongside.booths.cli:main", "Try the shared page: replay an editing trace", True),
    "profiles": Command("alongside.profiles.cli:main", "Load question sets, or list them", True),
    "lessons": Command("alongside.knowledge.cli:main", "Load lessons, or list them", True),
    "mail": Command("alongside.channels.email.cli:main", "Take in a mail, or show how one is read", True),
    "search": Command("alongside.search.cli:main", "Look after the search index", True),
    "retention": Command("alongside.portal.cli:main", "Let go what is kept no longer, or count it", True),
    "wipe": Command("alongside.portal.cli:wipe", "Leave no trace of forgotten people in the database's files", True),
    "demo": Command("alongside.demo.cli:main", "Fill or remove the demo", True),
    "bench": Command("bench.cli:main", "Measure, beside the raw limits of the same work", True),
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 failed, 2 misused."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview())
        return DONE if words else MISUSED
    if words[0] in ("-V", "--version"):
        print(f"Alongside {version()}")
        return DONE
    command = COMMANDS.get(words[0])
    if command is None or not command.exists():
        print(f"There is no command {words[0]!r}. `alongside --help` lists them.", file=sys.stderr)
        return MISUSED
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    return guarded(lambda: _call(command, words[1:]))


def _call(command: Command, words: list[str]) -> int | None:
    if not command.with_database or set(words[:1]) & set(command.plain):
        return command.load()(words)
    from alongside.cli.setting_up import database, django

    if {"-h", "--help"} & set(words):
        django()
        return command.load()(words)
    from alongside.cli.migrate import prepare_new

    with database():
        django()
        prepare_new()
        return command.load()(words)


def guarded(work: Callable[[], int | None]) -> int:
    """Do `work` and turn what was to be expected into words and an exit code; only a fault of ours has a traceback."""
    try:
        return work() or DONE
    except (Failed, EngineError) as failed:
        print(f"alongside: {failed}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as failed:
        where = f": {failed.filename}" if failed.filename else ""
        print(f"alongside: {failed.strerror or failed}{where}", file=sys.stderr)
        return FAILED
    except Exception as failed:
        if not _is_database_trouble(failed):
            raise
        older = "The database is not as this version needs it. `alongside migrate` brings it up to date.\n"
        before = older if _kinds(failed) & {"UndefinedTable", "UndefinedColumn"} else ""
        print(f"alongside: {before}The database: {str(failed).strip()}\n`alongside doctor` says more.", file=sys.stderr)
        return FAILED


def _is_database_trouble(failed: Exception) -> bool:
    """True for a database that is away, refuses us, or has not the tables of this version."""
    return bool(_kinds(failed) & {"OperationalError", "InterfaceError", "UndefinedTable", "UndefinedColumn"})


def _kinds(failed: Exception) -> set[str]:
    """The names of the database's kinds of error that it is."""
    kinds = [*type(failed).__mro__, *type(failed.__cause__).__mro__]
    return {kind.__name__ for kind in kinds if kind.__module__.startswith(("django.db", "psycopg"))}


def overview() -> str:
    """The text of `alongside --help`."""
    known = {name: command for name, command in COMMANDS.items() if command.exists()}
    width = max(map(len, known))
    lines = [f"  {name:<{width}}  {command.purpose}" for name, command in known.items()]
    return "\n".join([
        "usage: alongside COMMAND …", "", *lines, "",
        "`alongside COMMAND --help` says more. Settings come from the environment: PORT, HOST, PUBLIC_URL,",
        "ALONGSIDE_HOME (the data folder), DATABASE_URL (a PostgreSQL of your own). docs/operate.md explains them.",
    ])


def version() -> str:
    """Our version, as `pyproject.toml` says it."""
    import tomllib

    from alongside.lib.home import CHECKOUT

    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["version"]
