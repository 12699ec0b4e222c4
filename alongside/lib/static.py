"""Stylesheets, scripts and pictures: named by their content, kept by browsers for a year, never collected by hand."""

import gzip
import hashlib
import mimetypes
import posixpath
import re
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.utils.translation import gettext_lazy as _

from alongside.lib.plainly import header, say

HASHED = re.compile(r"^(?P<stem>.*)\.(?P<hash>[0-9a-f]{12})(?P<suffix>(?:\.[A-Za-z0-9]+)?)$")
CSS_URL = re.compile(r"""(url\(\s*["']?|@import\s+["'])(?!data:|https?:|/|#)([^"')?#\s]+)""")
PACKED = {".css", ".js", ".svg", ".json", ".map", ".txt", ".webmanifest"}
BROTLI = ".br"  # beside a script: the same, packed when it was built
PIECE = 64 * 1024
LOOK_SECONDS = 1.0
MORE_TYPES = {
    ".js": "text/javascript",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".map": "application/json",
}


@dataclass(frozen=True)
class Asset:
    """One file as it is served: its bytes, also packed where that helps (`packed` with gzip, `least` with Brotli), and
    the name that tells its content."""

    name: str
    hashed: str
    kind: bytes
    body: bytes
    packed: bytes | None
    least: bytes | None
    path: Path
    changed: float


class Shelf:
    """The files of every room, read when first asked for, and again when they change on disk."""

    def __init__(self):
        self._assets: dict[str, Asset] = {}
        self._looked_at: dict[str, float] = {}
        self._reading: set[str] = set()
        self._lock = threading.RLock()

    def find(self, name: str) -> Asset | None:
        """The asset called `name` (its plain name), or None."""
        known = self._assets.get(name)
        if known is not None and self._is_current(known):
            return known
        if posixpath.normpath(name) != name or name.startswith(("..", "/")) or "\0" in name:
            return None
        path = finders.find(name)
        if not path or not Path(path).is_file():
            return None
        with self._lock:
            if name in self._reading:  # stylesheets that import each other in a circle
                return None
            self._reading.add(name)
            try:
                asset = self._assets[name] = self._read(name, Path(path))
            finally:
                self._reading.discard(name)
        return asset

    def _is_current(self, asset: Asset) -> bool:
        """Whether the file is as it was read, looked at every LOOK_SECONDS at most."""
        now = time.monotonic()
        if now - self._looked_at.get(asset.name, 0.0) < LOOK_SECONDS:
            return True
        self._looked_at[asset.name] = now
        try:
            return asset.path.stat().st_mtime == asset.changed
        except OSError:
            return False

    def _read(self, name: str, path: Path) -> Asset:
        changed = path.stat().st_mtime
        body = path.read_bytes()
        if path.suffix == ".css":
            body = self._point_at_hashes(name, body.decode()).encode()
        digest = hashlib.sha256(body).hexdigest()[:12]
        stem, suffix = posixpath.splitext(name)
        kind = MORE_TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        packed = gzip.compress(body, 9, mtime=0) if suffix in PACKED else None
        least = _packed_beside(path, changed) if path.suffix != ".css" else None
        return Asset(name, f"{stem}.{digest}{suffix}", kind.encode(), body, packed, least, path, changed)

    def _point_at_hashes(self, name: str, css: str) -> str:
        """A stylesheet whose relative addresses name the content they point at."""

        def hashed(found: re.Match) -> str:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))
            asset = None if target == name else self.find(target)
            if asset is None:
                return found[0]
            return found[1] + posixpath.relpath(asset.hashed, posixpath.dirname(name) or ".")

        return CSS_URL.sub(hashed, css)

    def serve(self, address: str) -> tuple[Asset, bool] | None:
        """The asset at `address` (under STATIC_URL), and whether the address names exactly this content."""
        named = HASHED.match(address)
        if named:
            asset = self.find(named["stem"] + named["suffix"])
            if asset is not None:
                return asset, asset.hashed == address
        asset = self.find(address)
        return (asset, False) if asset else None


def _packed_beside(path: Path, changed: float) -> bytes | None:
    """The file as it was packed at the build; None where there is none, or only one of an older build."""
    beside = path.with_name(path.name + BROTLI)
    try:
        return beside.read_bytes() if beside.stat().st_mtime >= changed else None
    except OSError:
        return None


SHELF = Shelf()


class HashedStorage(StaticFilesStorage):
    """Django's `static()` through the shelf: the address of a file names its content."""

    def url(self, name):
        """The address of the file `name`; one that does not exist keeps its plain address."""
        asset = SHELF.find(name)
        return super().url(asset.hashed if asset else name)


class Static:
    """An ASGI app that serves the shelf under STATIC_URL."""

    async def __call__(self, scope, receive, send) -> None:
        """Send one file, packed when the browser can unpack, or say that there is none. A socket is closed."""
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
            return
        found = SHELF.serve(scope["path"].removeprefix(settings.STATIC_URL))
        if found is None or scope["method"] not in ("GET", "HEAD"):
            await say(scope, send, 404, _("There is nothing at this address."))
            return
        asset, exact = found
        status, headers, body = _answer(scope, asset, exact)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for at in range(0, len(body), PIECE):
            await send({"type": "http.response.body", "body": body[at : at + PIECE], "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _answer(scope, asset: Asset, exact: bool) -> tuple[int, list, bytes]:
    """Status, headers and body for one asset. An address without the right hash is asked for again each time."""
    keep = b"public, max-age=31536000, immutable" if exact else b"no-cache"
    etag = f'"{asset.hashed}"'
    headers = [
        (b"cache-control", keep),
        (b"etag", etag.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"vary", b"accept-encoding"),
        (b"cross-origin-resource-policy", b"same-origin"),
    ]
    if header(scope, b"if-none-match") == etag:
        return 304, headers, b""
    headers.append((b"content-type", asset.kind))
    if asset.kind.startswith(b"image/svg"):
        headers.append((b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; sandbox"))
    coding, body = _smallest(asset, header(scope, b"accept-encoding"))
    if coding:
        headers.append((b"content-encoding", coding))
    headers.append((b"content-length", str(len(body)).encode()))
    return 200, headers, body


def _smallest(asset: Asset, accepted: str) -> tuple[bytes, bytes]:
    """How the body is packed (empty: not at all) and the body, by what the browser can unpack."""
    words = (word.replace(" ", "").split(";") for word in accepted.split(","))
    can = {coding for coding, *weight in words if weight not in (["q=0"], ["q=0.0"])}
    if asset.least is not None and "br" in can:
        return b"br", asset.least
    if asset.packed is not None and "gzip" in can:
        return b"gzip", asset.packed
    return b"", asset.body
