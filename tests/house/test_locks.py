"""What npm installs is locked by hash, and the locks name no host. Python's locks: tests/engine."""

import json
import re

import pytest

from alongside.lib.home import CHECKOUT

FOLDERS = ("frontend", "bench/booth/servers")
of_each = pytest.mark.parametrize("folder", FOLDERS)


def lock(folder: str) -> dict:
    """npm's lock file."""
    return json.loads((CHECKOUT / folder / "package-lock.json").read_text())


@of_each
def test_every_package_has_its_hash(folder):
    packages = {name: about for name, about in lock(folder)["packages"].items() if name}
    assert len(packages) > 5
    hashed = re.compile(r"sha512-\S{80}")
    assert [name for name, about in packages.items() if not hashed.match(about.get("integrity", ""))] == []


@of_each
def test_no_package_says_where_it_lies(folder):
    packages = lock(folder)["packages"]
    assert [name for name, about in packages.items() if "resolved" in about] == []
    assert "://" not in json.dumps([{**about, "funding": None} for about in packages.values()])


@of_each
def test_the_lock_is_of_what_the_package_names(folder):
    package, root = json.loads((CHECKOUT / folder / "package.json").read_text()), lock(folder)["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        named = package.get(kind, {})
        assert root.get(kind, {}) == named
        assert [version for version in named.values() if not re.fullmatch(r"[\d.]+", version)] == []


@of_each
def test_npm_is_told_to_name_no_host(folder):
    assert "omit-lockfile-registry-resolved=true" in (CHECKOUT / folder / ".npmrc").read_text().replace(" ", "")


def test_no_settings_of_packagers_name_a_host():
    names = [".npmrc", "requirements/app.in", "requirements/test.in", "pip.conf", "uv.toml"]
    names += [f"{folder}/.npmrc" for folder in FOLDERS]
    found = [name for name in names if (CHECKOUT / name).exists() and "://" in (CHECKOUT / name).read_text()]
    assert found == [] and "://" not in (CHECKOUT / "pyproject.toml").read_text()
