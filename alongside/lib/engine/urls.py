"""Reads `DATABASE_URL` into Django's settings."""

from urllib.parse import parse_qsl, unquote, urlsplit

from alongside.lib.engine.errors import EngineError

HELP = "DATABASE_URL should read postgresql://name:password@host:5432/database"


def settings_of(url: str) -> dict:
    """Django's settings for `postgresql://name:password@host:port/database?option=value`.

    A socket folder is given as the host, percent-encoded, or as `?host=/folder`. Raises EngineError for anything else.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as broken:
        raise EngineError(f"{HELP}; this one cannot be read ({broken}).") from broken
    if parts.scheme not in ("postgres", "postgresql"):
        raise EngineError(f"{HELP}; this one begins with {parts.scheme or 'nothing'!r}.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    known = {
        "NAME": unquote(parts.path.lstrip("/")) or options.pop("dbname", ""),
        "USER": unquote(parts.username or "") or options.pop("user", ""),
        "PASSWORD": unquote(parts.password or "") or options.pop("password", ""),
        "HOST": options.pop("host", "") or _host(parts.netloc),
        "PORT": str(port or options.pop("port", "")),
    }
    if not known["NAME"]:
        raise EngineError(f"{HELP}; this one names no database.")
    return {"ENGINE": "django.db.backends.postgresql", **known, "OPTIONS": options}


def _host(netloc: str) -> str:
    """The host of `netloc` in its own case: `urlsplit` lowers it, which would break a folder's name."""
    host = netloc.rpartition("@")[2]
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return unquote(host.partition(":")[0])
