"""The generator: one Node process with Yjs as our pages have it. It does what a plan says and tells what it saw."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.booth.servers import node

SCRIPT = Path(__file__).parent / "typists" / "main.mjs"


def play(part: str, **plan) -> dict:
    """Carry out one plan (see main.mjs) to its end. Raises RuntimeError with what the generator said."""
    with _process() as process:
        _tell(process, part=part, **plan)
        return _heard(process)


@contextmanager
def staying(**plan) -> Iterator[dict]:
    """Open every place of the plan; they stay until the block ends."""
    with _process() as process:
        _tell(process, part="stay", **plan)
        yield _heard(process)
        _tell(process, part="leave")
        if _heard(process)["over"]:
            raise RuntimeError("some devices were sent away while they stayed")


@contextmanager
def _process():
    process = subprocess.Popen([node() / "bin" / "node", SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _tell(process, **what) -> None:
    process.stdin.write(json.dumps(what).encode() + b"\n")
    process.stdin.flush()


def _heard(process) -> dict:
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("the generator ended; what it said stands above")
    return json.loads(line)
