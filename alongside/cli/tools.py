"""PostgreSQL's own tools (psql, pg_dump, pg_restore) and how they reach the database of the settings."""

import os
import shutil
from pathlib import Path

from alongside.lib import engine
from alongside.lib.commands import Failed
from alongside.lib.engine import binaries

TLS = ("require", "verify-ca", "verify-full")
PASSED_ON = ("ssl", "options")


def tool(name: str, at_least: int = 15) -> Path:
    """The program `name` of a PostgreSQL of major version `at_least` or newer.

    For the embedded database it is the one that came with us. For another's it is the machine's newest, for ours knows
    no TLS. Raises Failed with what to install.
    """
    ours = {binaries.MAJOR: binaries.server_folder()} if engine.embedded() or not _wants_tls() else {}
    known = ours if engine.embedded() else {**ours, **binaries.installed()}
    for major in sorted(known, reverse=True):
        if major >= at_least and (known[major] / name).exists():
            return known[major] / name
    anywhere = shutil.which(name)
    if anywhere and not known:
        return Path(anywhere)
    raise Failed(f"{name} of PostgreSQL {at_least} or newer is missing. Install it: apt install postgresql-client")


def _wants_tls() -> bool:
    return engine.database_settings()["OPTIONS"].get("sslmode") in TLS


def reach() -> dict[str, str]:
    """The environment in which such a tool reaches our database; the password stays out of the process list."""
    facts = engine.database_settings()
    words = {
        "PGHOST": facts["HOST"], "PGPORT": facts["PORT"], "PGUSER": facts["USER"], "PGDATABASE": facts["NAME"],
        "PGPASSWORD": facts["PASSWORD"], "PGAPPNAME": "alongside",
        **{f"PG{name.upper()}": value for name, value in facts["OPTIONS"].items() if name.startswith(PASSED_ON)},
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {name: value for name, value in words.items() if value}
