"""Checks the settings that an operator gives."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from alongside.cli.doctor.findings import Finding, fail, ok, warn

LOCAL = ("localhost", "127.0.0.1", "::1")


def check() -> Iterator[Finding]:
    """Secret key, debug, hosts and public address."""
    from django.conf import settings

    yield from _secret_key(settings.SECRET_KEY)
    if settings.DEBUG:
        yield fail("debug", "error pages show the inside of the house", "Unset DEBUG.")
    else:
        yield ok("debug", "off")
    if "*" in settings.ALLOWED_HOSTS:
        yield fail("allowed hosts", "any name is answered, so mails could be made to link elsewhere",
                   "Set ALLOWED_HOSTS to the names that people use, separated by commas.")
    else:
        yield ok("allowed hosts", ", ".join(dict.fromkeys(settings.ALLOWED_HOSTS)))
    yield from _public_address(settings)


def _secret_key(key: str) -> Iterator[Finding]:
    if len(key) < 40 or len(set(key)) < 10:
        where = "the environment" if os.environ.get("SECRET_KEY") else "the data folder"
        yield fail("secret key", f"the one in {where} can be guessed, and with it every signed link",
                   "Unset SECRET_KEY and let Alongside make one, or set 50 random letters. Everyone signs in anew.")
    else:
        yield ok("secret key", "long and of our own")


def _public_address(settings) -> Iterator[Finding]:
    address = urlsplit(settings.PUBLIC_URL)
    if address.hostname in LOCAL:
        yield warn("public address", f"{settings.PUBLIC_URL}: links in mails work on this machine only",
                   "Set PUBLIC_URL to the address that people use, as in https://service.example.org")
    elif address.scheme != "https":
        yield fail("public address", f"{settings.PUBLIC_URL}: passwords and letters travel in the clear",
                   "Put a TLS proxy before Alongside and set PUBLIC_URL to https://… (docs/operate.md).")
    elif settings.SECURE_PROXY_SSL_HEADER is None:
        yield warn("public address", f"{settings.PUBLIC_URL}, but requests seem to come without TLS",
                   "Set BEHIND_TLS_PROXY=1 when the proxy sets X-Forwarded-Proto.")
    else:
        yield ok("public address", settings.PUBLIC_URL)
