"""Where this installation keeps its data, the secret that only it knows, and where it was served last."""

import contextlib
import os
import secrets
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SERVED_AT = "served_at"


def home() -> Path:
    """The data folder: `ALONGSIDE_HOME`, or `data` in the checkout. It need not exist yet."""
    return Path(os.environ.get("ALONGSIDE_HOME") or CHECKOUT / "data").expanduser().absolute()


def secret_key() -> str:
    """The installation's secret: `SECRET_KEY` from the environment, else a file of ours, made once, mode 0600."""
    given = os.environ.get("SECRET_KEY")
    if given:
        return given
    path = home() / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def public_url() -> str:
    """The address that people see: `PUBLIC_URL`, or this machine at `PORT`; else where the house was served last.

    So that a command in another terminal names the same address as the server does.
    """
    given = os.environ.get("PUBLIC_URL")
    if not given and not os.environ.get("PORT"):
        with contextlib.suppress(OSError):
            given = (home() / SERVED_AT).read_text().strip()
    return (given or f"http://localhost:{os.environ.get('PORT') or 8000}").rstrip("/")


def note_served_at(url: str) -> None:
    """Keep where the house is served, for commands beside the server; without a folder of ours it serves as well."""
    with contextlib.suppress(OSError):
        home().mkdir(parents=True, exist_ok=True)
        (home() / SERVED_AT).write_text(f"{url}\n")
