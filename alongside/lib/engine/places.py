"""Where an embedded database lives, and which account its server runs as."""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from alongside.lib.engine.errors import EngineError
from alongside.lib.home import CHECKOUT
from alongside.lib.home import home as default_home

ACCOUNTS = ("alongside", "postgres", "nobody")  # tried in this order when we are root
SOCKET_PATH_LIMIT = 107  # bytes of a unix socket's path that Linux takes; macOS takes 103
SOCKET_NAME = ".s.PGSQL.5432"
FALLBACK = Path("/var/lib/alongside")


@dataclass(frozen=True)
class Account:
    """An account of the operating system."""

    name: str
    uid: int
    gid: int

    def may_enter(self, folder: Path) -> bool:
        """True when this account may pass through `folder`, or the nearest folder above it that exists."""
        while not folder.exists():
            folder = folder.parent
        resolved = folder.resolve()
        return all(self._may_pass(step.stat()) for step in (resolved, *resolved.parents))

    def _may_pass(self, facts: os.stat_result) -> bool:
        if facts.st_uid == self.uid:
            return bool(facts.st_mode & stat.S_IXUSR)
        if facts.st_gid == self.gid:
            return bool(facts.st_mode & stat.S_IXGRP)
        return bool(facts.st_mode & stat.S_IXOTH)


@dataclass(frozen=True)
class Place:
    """The folders of one embedded database. `root` holds everything; only `data` and `socket` are the server's."""

    home: Path
    root: Path
    account: Account | None  # whom the server runs as, when that is not ourselves
    programs: Path | None = None  # the `bin` folder of another PostgreSQL than the one that came with us

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.root / "postgres"

    @property
    def upgraded(self) -> Path:
        """The copy that an upgrade makes; whole once the old data has been moved out of its way."""
        return self.root / "postgres.upgraded"

    @property
    def settings(self) -> Path:
        """The server's settings: ours, so that the server's account cannot loosen them."""
        return self.root / "postgres-settings"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.root / "postgres.log"

    @property
    def own_settings(self) -> Path:
        """Settings of the operator, read after ours; need not exist."""
        return self.root / "postgres.own.conf"

    @property
    def moved(self) -> bool:
        """True when the database lives outside the data folder, because the server's account cannot get there."""
        return self.root != self.home

    @cached_property
    def socket(self) -> Path:
        """The folder of the unix socket, mode 0700."""
        inside = self.root / "socket"
        if len(os.fsencode(inside / SOCKET_NAME)) <= SOCKET_PATH_LIMIT - 4:
            return inside
        base = Path("/run") if os.geteuid() == 0 and Path("/run").is_dir() else Path("/tmp")
        return base / f"alongside-{os.geteuid()}-{short_hash(self.root)}"

    @property
    def exists(self) -> bool:
        """True when a database was made here."""
        return os.path.lexists(self.data)

    def connection(self) -> dict:
        """What a client needs to connect, in libpq's words."""
        return {"host": str(self.socket), "port": "5432", "user": "alongside", "dbname": "alongside"}


@dataclass(frozen=True)
class Aside(Place):
    """The same place with another folder of data, while an upgrade works on both."""

    other: Path | None = None

    @property
    def data(self) -> Path:
        """The other folder."""
        return self.other


def short_hash(path: Path) -> str:
    """Ten letters that stand for `path`."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def place_of(home: Path | None = None) -> Place:
    """The place of the database of the data folder `home` (default: ours).

    Raises EngineError when we are root and the account for the server cannot reach a folder that was asked for.
    """
    home = Path(os.path.realpath(home or default_home()))
    if os.geteuid() != 0:
        return Place(home, home, None)
    fallback = FALLBACK / short_hash(home)
    root = fallback if (fallback / "postgres").exists() else home
    account = _owner_of(root / "postgres") or server_account()
    if account.may_enter(root):
        return Place(home, root, account)
    if (home / "postgres").exists():
        raise EngineError(
            f"The database in {home} is closed to the account {account.name}, as which PostgreSQL runs because it "
            f"refuses to run as root. Let that account pass through the folders above it, or move the data folder "
            f"and set ALONGSIDE_HOME to its new place."
        )
    if not home.is_relative_to(CHECKOUT):
        raise EngineError(
            f"PostgreSQL refuses to run as root, so it runs as {account.name}, and that account cannot reach {home}. "
            f"Set ALONGSIDE_HOME to a folder it can reach (for example {FALLBACK}/data), or start Alongside as an "
            f"ordinary user."
        )
    return Place(home, fallback, account)


def server_account() -> Account:
    """The unprivileged account that the server runs as when we are root."""
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise EngineError(
        f"PostgreSQL refuses to run as root, and this machine has none of the accounts {', '.join(ACCOUNTS)}. "
        "Start Alongside as an ordinary user, or set DATABASE_URL."
    )


def _owner_of(folder: Path) -> Account | None:
    """The account that a database already belongs to; it stays with it."""
    try:
        facts = folder.lstat()
        entry = pwd.getpwuid(facts.st_uid)
    except (FileNotFoundError, KeyError):
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def own_name() -> str:
    """The name of the account we run as. Raises EngineError when the machine has no name for it."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as nameless:
        raise EngineError(
            f"The account with the number {os.geteuid()} has no name on this machine, and PostgreSQL knows its own "
            "by name. Give it a line in /etc/passwd (containers: `useradd`), or set DATABASE_URL."
        ) from nameless
