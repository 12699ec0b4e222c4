"""The rules of the code that a machine can hold: names, sizes, words, docstrings, and nothing inline in a page."""

import ast
import re

import pytest
from django.urls import URLPattern, get_resolver

from alongside.lib.access import policy_of
from alongside.lib.home import CHECKOUT
from tests.house.plan import is_test, named, parsed, written

MOST_LINES = 300
NO_NAMES = {"utils", "util", "helpers", "helper", "services", "service", "signals", "common", "misc", "managers"}
PYTHON = [path for path in written(".py") if "migrations" not in path.parts]
PAGES = [path for path in written(".html") if path.is_relative_to(CHECKOUT / "alongside")]
SOURCES = [path for path in written(".py", ".ts", ".mjs", ".css", ".html") if "migrations" not in path.parts]
PROSE = written(".md", ".toml", ".in", ".sh", ".json", ".txt")
# A template, and why the words in it are trusted: they are ours, or were cleaned where they are stored.
TRUSTED: dict[str, str] = {}
# Not pages of ours: a document in a sealed frame with a policy of its own, and mail, which reads nothing else.
NOT_PAGES = re.compile(r"/conversations/body\.html$|/(mail|letters?)/|\.mail\.html$")
API_ROOT = "api-v1:api-root"
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|mnt/\w+)/")


def test_the_walk_finds_the_files():
    assert len(PYTHON) > 300 and len(PAGES) > 50 and len(SOURCES) > len(PYTHON) + len(PAGES)


def test_no_file_is_named_after_nothing():
    assert [named(path) for path in SOURCES if path.stem in NO_NAMES] == []


def test_no_file_is_long():
    long = {named(path): count for path in SOURCES if (count := path.read_text().count("\n")) > MOST_LINES}
    assert long == {}, "Cut these in two where the matter changes."


def test_nothing_is_left_for_later():
    found = [f"{named(path)}:{number}" for path in [*SOURCES, *PROSE]
             for number, line in enumerate(path.read_text().splitlines(), 1) if UNFINISHED.search(line)]
    assert found == []


def test_no_path_of_a_machine_is_written_down():
    found = [f"{named(path)}:{number}" for path in [*SOURCES, *PROSE]
             for number, line in enumerate(path.read_text().splitlines(), 1) if MACHINE.search(line)]
    assert found == []


def test_every_module_says_what_lives_in_it():
    silent = [named(path) for path in PYTHON if path.read_text().strip() and not ast.get_docstring(parsed(path))]
    assert silent == []


def public(node, inside: str = ""):
    """Yield (line, name) of every public class and function without a docstring, methods of public classes too."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        if child.name.startswith("_") or child.name == "Meta" or _is_setter(child):
            continue
        bases = {getattr(base, "id", "") for base in getattr(child, "bases", ())}
        if not ast.get_docstring(child) and "AppConfig" not in bases:
            yield child.lineno, f"{inside}{child.name}"
        if isinstance(child, ast.ClassDef):
            yield from public(child, f"{child.name}.")


def _is_setter(node) -> bool:
    return any(isinstance(mark, ast.Attribute) and mark.attr == "setter" for mark in node.decorator_list)


def test_every_public_name_says_what_it_is():
    silent = [f"{named(path)}:{line} {name}" for path in PYTHON if not is_test(path) and path.parts[-2] != "tests"
              for line, name in public(parsed(path))]
    assert silent == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_holds_no_style_script_or_handler(path):
    html = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", html, re.IGNORECASE)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", html, re.IGNORECASE)
    assert not re.search(r"javascript:", html, re.IGNORECASE)
    if not NOT_PAGES.search(named(path)):
        assert not re.search(r"<[a-z][^>]*\sstyle\s*=|<style\b(?![^>]*\bnonce=)", html, re.IGNORECASE)


def test_only_what_every_page_has_is_loaded_anew_when_it_changes():
    """A page with another set of such parts is loaded whole, twice: what the last act had to say is lost by it."""
    whole = ("base.html", "allauth_base.html")
    others = {path: path.read_text() for path in PAGES if path.name not in whole}
    assert [named(path) for path, html in others.items() if 'data-turbo-track="reload"' in html] == []
    sheets = re.compile(r"{% block styles %}(.*?){% endblock %}", re.DOTALL)
    styles = {path: sheets.search(html) for path, html in others.items()}
    coming = {path: found[1].count("<link") - found[1].count('data-turbo-track="dynamic"')
              for path, found in styles.items() if found}
    assert coming and not [named(path) for path, untracked in coming.items() if untracked]


def test_no_page_trusts_data():
    trusting = {named(path) for path in PAGES
                if re.search(r"\|\s*safe(?:seq)?\b|autoescape\s+(?:false|off)|\bMarkup\b", path.read_text())}
    assert trusting == set(TRUSTED)


def walk(resolver, names: str = "", path: str = ""):
    """Yield (address, whole name or "", view) of every URL."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield path + str(entry.pattern), f"{names}{entry.name}" if entry.name else "", entry.callback
        else:
            space = f"{names}{entry.namespace}:" if entry.namespace else names
            yield from walk(entry, space, path + str(entry.pattern))


def test_every_address_has_a_name_and_a_policy():
    found = list(walk(get_resolver()))
    assert len(found) > 80
    assert [path for path, name, _view in found if not name] == []
    assert [path for path, _name, view in found if policy_of(view) is None] == []


def test_no_address_ends_in_a_slash():
    """One way for all; `alongside.lib.slashes` leads on who writes one. The root of the API is Django Ninja's."""
    ends = [path for path, name, _view in walk(get_resolver()) if re.search(r"/[$]?$", path) and name != API_ROOT]
    assert ends == []


def test_no_two_addresses_share_a_name():
    names = [name for _path, name, _view in walk(get_resolver())]
    assert {name for name in names if names.count(name) > 1} <= {"rest:openapi-json"}
