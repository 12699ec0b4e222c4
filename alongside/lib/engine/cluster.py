"""Makes an embedded database: its folders, its settings, its two roles."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

from alongside.lib.engine import binaries
from alongside.lib.engine.errors import EngineError, NeedsUpgrade
from alongside.lib.engine.memory import buffers, memory
from alongside.lib.engine.places import Place, own_name

# What people wrote stays out of the log: no statements, no details of rows.
# `postgres.own.conf` in the data folder is read after these.
SETTINGS = """\
# Written by Alongside at each start. Your own settings belong in {own}
shared_buffers = {buffers}MB
max_connections = 100
max_wal_size = 1GB
min_wal_size = 80MB
effective_cache_size = 1GB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, ymd'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'
log_checkpoints = off
log_line_prefix = '%m [%p] '
log_min_messages = warning
log_min_error_statement = panic
log_error_verbosity = terse
"""
ACCESS = """\
# Written by Alongside at each start: the account that started it, through the socket, and nobody else.
local all all peer map=alongside
"""
ROLES = "CREATE ROLE alongside LOGIN;\nCREATE DATABASE alongside OWNER alongside;\n"


def make_home(home: Path) -> None:
    """Make the data folder, closed to others; as root it lets the server's account pass through, no more."""
    if not home.exists():
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711 if os.geteuid() == 0 else 0o700)


def prepare(place: Place) -> None:
    """Make the settings, the folder of the socket and, when there is none, the database of `place`."""
    write_settings(place)
    check_socket_folder(place)
    if not place.exists and place.upgraded.exists():  # an upgrade was cut off between its last two steps
        place.upgraded.rename(place.data)
    if not place.exists:
        create(place, place.data)
    check_version(place)


def write_settings(place: Place) -> bool:
    """Write the server's settings; True when they differ from what was there."""
    place.settings.mkdir(exist_ok=True)
    place.settings.chmod(0o755 if place.account else 0o700)
    include = f"include = '{place.own_settings}'\n" if place.own_settings.exists() else ""
    allowed = [f'alongside "{name}" {role}\n' for name in _names(place) for role in ("alongside", "postgres")]
    texts = {
        "postgresql.conf": SETTINGS.format(own=place.own_settings, buffers=buffers(memory())) + include,
        "pg_hba.conf": ACCESS,
        "pg_ident.conf": "".join(allowed),
    }
    changed = False
    for name, text in texts.items():
        path = place.settings / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            path.chmod(0o644 if place.account else 0o600)
            changed = True
    return changed


def _names(place: Place) -> list[str]:
    """Who may connect: we, and the account that owns the database's files anyway."""
    return sorted({own_name(), *([place.account.name] if place.account else [])})


def check_socket_folder(place: Place) -> None:
    """Make the folder of the socket, or make sure that it is ours alone. Raises EngineError when it is not."""
    folder = place.socket
    owner = place.account.uid if place.account else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        _give(place, folder)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != owner or stat.S_IMODE(facts.st_mode) & 0o077:
        raise EngineError(
            f"The folder {folder}, meant for the database's socket, is not ours alone. Look who made it and remove it, "
            "or set ALONGSIDE_HOME to a folder with a shorter path."
        )


def _give(place: Place, folder: Path) -> None:
    """Hand a folder that we have just made to the server's account, closed to everyone else."""
    folder.chmod(0o700)
    if place.account:
        os.chown(folder, place.account.uid, place.account.gid, follow_symlinks=False)


def create(place: Place, data: Path) -> None:
    """Make a new database in `data`. It appears whole or not at all."""
    programs = binaries.for_server(place)
    new = data.with_name(data.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    _give(place, new)
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if binaries.major_of(programs) < 17:
        locale = ["--locale=C"]
    _run(place, [programs / "initdb", "-D", new, "--username=postgres", "--encoding=UTF8", *locale, "--data-checksums",
                 "--auth-local=peer", "--auth-host=reject"])
    _run(place, [programs / "postgres", "--single", "-D", new, "postgres"], ROLES)
    new.rename(data)


def _run(place: Place, command: list, said: str | None = None) -> None:
    """Run a program of PostgreSQL as the server's account. Raises EngineError with its last words."""
    done = subprocess.run([str(part) for part in command], input=said, capture_output=True, text=True,
                          **as_account(place), cwd=place.root)
    if done.returncode or "FATAL" in done.stderr or "ERROR" in done.stderr:
        words = (done.stderr or done.stdout)[-800:].strip()
        raise EngineError(f"The database could not be made in {place.root}:\n{words}")


def as_account(place: Place) -> dict:
    """Arguments for `subprocess` that run a program as the server's account with a bare environment."""
    bare = {"env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}, "umask": 0o077}
    if place.account:
        bare |= {"user": place.account.uid, "group": place.account.gid, "extra_groups": []}
    return bare


def version(data: Path) -> int:
    """The major version of PostgreSQL that made the folder `data`."""
    try:
        return int((data / "PG_VERSION").read_text())
    except PermissionError as closed:
        raise EngineError(
            f"The database in {data} belongs to another account of this machine. Start Alongside as that account, "
            "or as root if root made it."
        ) from closed
    except (FileNotFoundError, ValueError) as broken:
        raise EngineError(f"{data} does not hold a database. Restore it from a backup, or move it away.") from broken


def check_version(place: Place) -> None:
    """Raises NeedsUpgrade when the data is of another major version than the server that came with us."""
    found, wanted = version(place.data), binaries.major_of(place.programs) if place.programs else binaries.MAJOR
    if found < wanted:
        raise NeedsUpgrade(
            f"The database in {place.data} was made by PostgreSQL {found}; this Alongside brings {wanted}. "
            "Run `alongside database upgrade`: it copies the data over and keeps the old folder."
        )
    if found > wanted:
        raise NeedsUpgrade(
            f"The database in {place.data} was made by PostgreSQL {found}, newer than the {wanted} that this "
            "Alongside brings. Use the newer Alongside, or restore a backup into an empty data folder."
        )
