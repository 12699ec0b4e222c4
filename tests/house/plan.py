"""What the tests of the house look at: its files, its rooms, and the floors as `pyproject.toml` has them."""

import ast
import os
import tomllib
from functools import cache
from pathlib import Path

from alongside.lib.home import CHECKOUT

WRITTEN_IN = ("alongside", "bench", "bin", "config", "docs", "frontend", "tests", ".ci")
MADE = {"node_modules", "__pycache__", "built", "build", "dist", ".venv"}
FREE = ("lib", "look")  # the lowest floors: plain functions and parts of pages, for everyone


def written(*endings: str) -> list[Path]:
    """Every file that somebody wrote and that ends so; without what is made of it."""
    found = [path for path in CHECKOUT.iterdir() if path.is_file()]
    for folder in WRITTEN_IN:
        for place, folders, names in os.walk(CHECKOUT / folder):
            folders[:] = [name for name in folders if name not in MADE]
            found += [Path(place) / name for name in names]
    return sorted(path for path in found if path.name.endswith(endings))


def named(path: Path) -> str:
    """The path as one writes it: from the checkout."""
    return path.relative_to(CHECKOUT).as_posix()


def is_test(path: Path) -> bool:
    """True for a test and what only tests use."""
    return "tests" in path.parts or path.name in ("conftest.py", "testing.py")


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(), str(path))


@cache
def floors() -> list[list[str]]:
    """The floors, lowest first, each with its rooms: read from the contract that import-linter holds."""
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    return [[room.strip() for room in layer.split("|")] for layer in reversed(layers)]


def floor_of(room: str) -> int:
    """How high a room stands. Raises KeyError for one that the contract does not name."""
    for height, rooms in enumerate(floors()):
        if room.partition(".")[0] in rooms:
            return height
    raise KeyError(room)


@cache
def rooms() -> dict[str, Path]:
    """Every room and its folder: each package of `alongside`, and each channel; "cli" is none."""
    tops = [path.parent for path in (CHECKOUT / "alongside").glob("*/__init__.py")]
    folders = [path for path in tops if path.name not in ("cli", "channels")]
    folders += [path.parent for path in (CHECKOUT / "alongside" / "channels").glob("*/__init__.py")]
    return {path.relative_to(CHECKOUT / "alongside").as_posix().replace("/", "."): path for path in sorted(folders)}


def room_of(module: str) -> str | None:
    """The room that a dotted module of ours lies in: "people", "channels.email"; None for any other."""
    words = module.split(".")
    if words[0] != "alongside" or len(words) < 2:
        return None
    name = ".".join(words[1:3]) if words[1] == "channels" else words[1]
    return name if name in rooms() else None


def code_of(room: str) -> list[Path]:
    """The Python files of a room, without its tests and migrations."""
    files = sorted(rooms()[room].rglob("*.py"))
    return [path for path in files if not is_test(path) and "migrations" not in path.parts]
