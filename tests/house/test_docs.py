"""What the documents say is so: their links lead somewhere, their commands exist, their tables are whole."""

import json
import re

import pytest

from alongside.cli.main import COMMANDS
from alongside.lib.home import CHECKOUT
from tests.house.plan import floors, named, rooms, written

DOCUMENTS = written(".md")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.DOTALL | re.MULTILINE)
ALONGSIDE = re.compile(r"(?:^|[`\s])(?:\.venv/bin/)?alongside ([a-z][a-z-]*)\b(?! ?=)", re.MULTILINE)
SCRIPT = re.compile(r"(?<![\w/.])((?:\./|bin/|\.ci/)[a-z][\w./-]*)")
FILE = re.compile(r"^(?:docs|alongside|config|frontend|tests|bench|requirements|bin|\.ci)/[\w./-]*[\w/]$")
MADE = ("data/", "build/", "node_modules/", "look/static/look/built")
WORDS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE", "docs/words.md",
         "docs/operate.md", "docs/dependencies.md", "docs/decisions")


@pytest.mark.parametrize("name", WORDS)
def test_the_document_is_there(name):
    assert (CHECKOUT / name).exists()


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_links_lead_to_files(path):
    links = [link for link in LINK.findall(path.read_text()) if not re.match(r"[a-z]+:", link)]
    gone = [link for link in links if link.partition("#")[0] and not (path.parent / link.partition("#")[0]).exists()]
    assert gone == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_files_and_scripts_that_are_named_are_there(path):
    code = CODE.findall(path.read_text())
    inline = {text.strip("`") for text in code if not text.startswith("```")}
    files = {text for text in inline if FILE.match(text) and not any(made in text for made in MADE) and "…" not in text}
    scripts = {found.rstrip(".") for text in code for found in SCRIPT.findall(text)}
    gone = [name for name in sorted(files | scripts) if not (CHECKOUT / name).exists()
            and not (path.parent / name).exists()]
    assert gone == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_commands_that_are_named_exist(path):
    said = {word for text in CODE.findall(path.read_text()) for word in ALONGSIDE.findall(text)}
    assert said <= {name for name, command in COMMANDS.items() if command.exists()}


def test_the_architecture_names_every_room():
    text = (CHECKOUT / "ARCHITECTURE.md").read_text()
    table = dict(re.findall(r"^\| (\d+) \| (.*) \|$", text, re.MULTILINE))
    said = [set(re.findall(r"`([a-z/]+)`", row)) for _height, row in sorted(table.items(), key=lambda row: int(row[0]))]
    assert {name.replace("/", ".") for row in said for name in row} == set(rooms())
    order = [room for row in said for room in row]
    heights = {room: height for height, row in enumerate(floors()) for room in row}
    climbed = [max(heights[room.partition("/")[0]] for room in row) for row in said]
    assert order and climbed == sorted(climbed)


def rows_of(name: str) -> list[list[str]]:
    """The rows of every table of a document, without their heads."""
    lines = [line for line in (CHECKOUT / name).read_text().splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = {number - 1 for number, row in enumerate(cells) if set("".join(row)) <= set("-: ")}
    return [row for number, row in enumerate(cells) if number not in heads and number - 1 not in heads]


def test_one_word_a_thing():
    rows = rows_of("docs/words.md")
    assert len(rows) > 20
    assert [row for row in rows if len(row) != 3 or not row[0] or not row[1]] == []
    words = [word.strip() for row in rows for word in row[0].split(",")]
    assert sorted(words) == sorted(set(words))


def test_what_npm_installs_is_explained():
    """A line for each package, of the front end and of what is measured beside; Python's are held by tests/engine."""
    packages = [json.loads((CHECKOUT / folder / "package.json").read_text())
                for folder in ("frontend", "bench/booth/servers")]
    wanted = {name for package in packages for kind in ("dependencies", "devDependencies")
              for name in package.get(kind, {})}
    said = {name.strip("` ") for row in rows_of("docs/dependencies.md") for name in row[0].split(",")}
    assert wanted - said == set()
    assert {name for name in said if name.startswith("@")} <= wanted
