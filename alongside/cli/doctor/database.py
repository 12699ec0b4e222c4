"""Checks the database: which one, whether it keeps what it is given, and whether its tables are up to date."""

from collections.abc import Iterator

from alongside.cli.doctor.findings import Finding, fail, ok, warn

OLDEST = 150000  # PostgreSQL 15, as `server_version_num` counts
SHARED_ACCOUNT = "nobody"
LARGE = 4 * 10**9  # bytes, beyond which the modest memory of the embedded server is worth a thought
NAMES = ("server_version_num", "server_version", "fsync", "synchronous_commit", "full_page_writes", "data_checksums",
         "server_encoding", "max_connections", "shared_buffers")


def check(place) -> Iterator[Finding]:
    """`place` is the embedded database's Place, or None for one of the operator's own."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, current_setting(name) FROM unnest(%s::text[]) AS name", [list(NAMES)])
            facts = dict(cursor.fetchall())
            cursor.execute("SELECT pg_database_size(current_database()), (SELECT count(*) FROM pg_stat_activity)")
            facts["size"], facts["connections"] = cursor.fetchone()
    except DatabaseError as away:
        yield fail("database", f"does not answer: {str(away).strip()}", "Start it, or mend DATABASE_URL.")
        return
    yield from _version(facts, place)
    yield from _safety(facts)
    yield from _room(facts, place)
    yield from _tables()


def _version(facts: dict, place) -> Iterator[Finding]:
    kind = f"embedded, in {place.root}" if place else "of your own, by DATABASE_URL"
    if int(facts["server_version_num"]) < OLDEST:
        yield fail("database", f"PostgreSQL {facts['server_version']} is too old", "Use PostgreSQL 15 or newer.")
    else:
        yield ok("database", f"PostgreSQL {facts['server_version']}, {kind}")
    if place and place.account and place.account.name == SHARED_ACCOUNT:
        yield warn("database account", f"the server runs as {SHARED_ACCOUNT}, which other programs may share",
                   "Make an account for it (adduser --system alongside) before the first start, or do not run as root.")


def _safety(facts: dict) -> Iterator[Finding]:
    """Settings without which a committed message may be lost; nothing may be acknowledged on such a server."""
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if facts[name] == "off":
            yield fail(name, "off: what was acknowledged may be lost when the machine stops",
                       f"Take {name} out of the server's settings (ALTER SYSTEM, ALTER ROLE, postgresql.conf).")
        else:
            yield ok(name, facts[name])
    if facts["server_encoding"] != "UTF8":
        yield fail("encoding", f"{facts['server_encoding']} cannot hold every name",
                   "Make the database anew with ENCODING UTF8.")
    if facts["data_checksums"] != "on":
        yield warn("data checksums", "off: a disk that changes bits is not noticed",
                   "Stop the server and run pg_checksums --enable on its folder.")
    else:
        yield ok("data checksums", "on")


def _room(facts: dict, place) -> Iterator[Finding]:
    most, used = int(facts["max_connections"]), facts["connections"]
    if used > most * 0.8:
        yield warn("connections", f"{used} of {most} are taken", "Raise max_connections, or run fewer processes.")
    else:
        yield ok("connections", f"{used} of {most}")
    if place and facts["size"] > LARGE and facts["shared_buffers"] == "96MB":
        size = f"{facts['size'] / 10**9:.0f} GB"
        yield warn("memory", f"{size} of data are served from {facts['shared_buffers']} of memory",
                   f"Write shared_buffers = 1GB into {place.own_settings} (a quarter of the machine) and start again.")


def _tables() -> Iterator[Finding]:
    from alongside.cli.migrate import pending

    missing = pending()
    if missing:
        yield fail("tables", f"{len(missing)} steps behind this version of Alongside", "Run: alongside migrate")
    else:
        yield ok("tables", "up to date")
