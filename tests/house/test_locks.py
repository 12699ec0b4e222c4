"""What the front end is built from is locked by hash, and the lock names no host. Python's locks: tests/engine."""

import json
import re

from alongside.lib.home import CHECKOUT

FRONTEND = CHECKOUT / "frontend"


def lock() -> dict:
    """npm's lock file."""
    return json.loads((FRONTEND / "package-lock.json").read_text())


def test_every_package_has_its_hash():
    packages = {name: about for name, about in lock()["packages"].items() if name}
    assert len(packages) > 5
    hashed = re.compile(r"sha512-\S{80}")
    assert [name for name, about in packages.items() if not hashed.match(about.get("integrity", ""))] == []


def test_no_package_says_where_it_lies():
    assert [name for name, about in lock()["packages"].items() if "resolved" in about] == []
    assert "://" not in json.dumps([{**about, "funding": None} for about in lock()["packages"].values()])


def test_the_lock_is_of_what_the_package_names():
    package, root = json.loads((FRONTEND / "package.json").read_text()), lock()["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert root[kind] == package[kind]
        assert [version for version in package[kind].values() if not re.fullmatch(r"[\d.]+", version)] == []


def test_npm_is_told_to_name_no_host():
    assert "omit-lockfile-registry-resolved=true" in (FRONTEND / ".npmrc").read_text().replace(" ", "")


def test_no_settings_of_packagers_name_a_host():
    names = [".npmrc", "requirements/app.in", "requirements/test.in", "frontend/.npmrc", "pip.conf", "uv.toml"]
    found = [name for name in names if (CHECKOUT / name).exists() and "://" in (CHECKOUT / name).read_text()]
    assert found == [] and "://" not in (CHECKOUT / "pyproject.toml").read_text()
