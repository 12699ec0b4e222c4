"""Where this installation keeps its data, and the secret that only it knows."""

import os
import secrets
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent


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
