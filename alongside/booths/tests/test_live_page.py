"""The live page as the browser is sent it: its words, and how many bytes there are before it can be used."""

import gzip
import json
import re

import pytest
from django.template import engines
from lxml import html

from alongside.lib.home import CHECKOUT
from alongside.lib.static import SHELF

SOURCES = CHECKOUT / "frontend" / "src" / "booth"
TEMPLATES = CHECKOUT / "alongside" / "booths" / "templates"
MOST_BYTES = 250_000
FACES = ("hanken-grotesk-latin-wght-normal-", "literata-latin-wght-normal-")


def given() -> dict[str, str]:
    """The words of the page and of its parts, as the templates give them."""
    templates = next(engine.env for engine in engines.all() if engine.name == "jinja2")
    words: dict[str, str] = {}
    for path in sorted((TEMPLATES / "booths").glob("*_words.html")):
        words |= getattr(templates.get_template(f"booths/{path.name}").module, path.stem)
    return words


def asked_for() -> tuple[set[str], set[str]]:
    """What the page asks for: names, and beginnings of names that it completes itself."""
    text = "\n".join(path.read_text() for path in sorted(SOURCES.rglob("*.ts")))
    names = set(re.findall(r'say\("(\w+)"', text))
    for condition in re.findall(r"say\(([^()`]*\?[^()`]*)[,)]", text):
        names |= set(re.findall(r'[?:]\s*"(\w+)"', condition))
    return names, set(re.findall(r"say\(`(\w+)_\$\{", text))


def test_the_page_finds_every_word_that_it_asks_for():
    words = given()
    names, beginnings = asked_for()
    assert len(names) > 100 and len(beginnings) > 5
    assert names - words.keys() == set()
    assert [start for start in beginnings if not any(word.startswith(f"{start}_") for word in words)] == []


def test_both_sides_are_given_them(member, guest, at):
    for browser in (member, guest):
        words = html.fromstring(browser.get(at()).content).get_element_by_id("booth").get("data-words")
        assert json.loads(words) == given()


def test_no_word_is_given_that_nothing_asks_for():
    names, beginnings = asked_for()
    text = "\n".join(path.read_text() for path in sorted(SOURCES.rglob("*.ts")))
    spare = [word for word in given() if word not in names and f'"{word}"' not in text
             and not any(word.startswith(f"{start}_") for start in beginnings)]
    assert spare == []


def test_places_in_words_are_those_that_the_page_fills():
    places = {place for word in given().values() for place in re.findall(r"\{(\w+)\}", word)}
    text = "\n".join(path.read_text() for path in sorted(SOURCES.rglob("*.ts")))
    assert [place for place in places if not re.search(rf"\b{place}\b\s*[:,}}]", text)] == []


def size(name: str) -> int:
    """Bytes of a built file as they go over the line."""
    asset = SHELF.find(f"look/built/{name}")
    assert asset is not None, name
    return len(asset.least or asset.packed or asset.body)


def with_imports(name: str, found: set[str] | None = None) -> set[str]:
    """A script and every script that it cannot run without."""
    found = set() if found is None else found
    if name not in found:
        found.add(name)
        text = SHELF.find(f"look/built/{name}").body.decode()
        for other in re.findall(r'(?:from|import)\s*"\./([\w-]+\.js)"', text):
            with_imports(other, found)
    return found


def needed() -> set[str]:
    """The scripts without which goal and steps cannot be used."""
    begins = re.findall(r'import\("\./((?:yjs|opening)-\w+\.js)"\)', SHELF.find("look/built/booth.js").body.decode())
    assert len(begins) == 2
    return with_imports("booth.js").union(*(with_imports(name) for name in begins))


def page(browser, at) -> int:
    """Bytes of the page itself, with its words."""
    return len(gzip.compress(browser.get(at()).content))


def faces() -> list[str]:
    """The two faces that the page is set in, in Latin."""
    names = set(re.findall(r"faces/([\w-]+)\.[0-9a-f]{12}\.woff2", SHELF.find("look/built/booth.css").body.decode()))
    names |= set(re.findall(r"faces/([\w-]+)\.[0-9a-f]{12}\.woff2", SHELF.find("look/built/app.css").body.decode()))
    chosen = [f"faces/{name}.woff2" for name in sorted(names) if name.startswith(FACES)]
    assert len(chosen) == len(FACES)
    return chosen


def test_goal_and_steps_can_be_used_after_a_quarter_of_a_megabyte(guest, at):
    scripts, styles = needed(), ["app.css", "booth.css"]
    sizes = {name: size(name) for name in [*scripts, *styles, *faces()]}
    assert sum(sizes.values()) + page(guest, at) <= MOST_BYTES, sizes


def test_the_whole_page_without_its_faces_is_no_larger(guest, at):
    """The editor comes when goal and steps can be used; it is counted here too."""
    built = CHECKOUT / "alongside" / "look" / "static" / "look" / "built"
    scripts = [path.name for path in built.glob("*.js") if path.name not in ("app.js", "join.js")]
    sizes = {name: size(name) for name in [*scripts, "app.css", "booth.css"]}
    assert sum(sizes.values()) + page(guest, at) <= MOST_BYTES, sizes


@pytest.mark.parametrize("tool", ["prosemirror-view", "ProseMirror"])
def test_the_editor_is_not_among_what_comes_first(tool):
    text = "".join(SHELF.find(f"look/built/{name}").body.decode() for name in needed())
    assert tool not in text
