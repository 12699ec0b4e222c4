"""Every room says what it is for, in few lines, and which events it tells and hears; and it says what is true."""

import ast
import re

import pytest

from tests.house.plan import code_of, named, parsed, rooms

MOST_LINES = 120
PURPOSE_WITHIN = 4  # lines
EVENT = re.compile(r"`([a-z_]+(?:\.[a-z_]+)?)`")
LISTS = re.compile(r"^(?:Tells:(?P<tells>.*?)(?:\. |\n)?Hears(?P<hears>.*?)|Tells and hears no events.*?)(?=\n\n|\Z)",
                   re.DOTALL | re.MULTILINE)


def readme(room: str) -> str:
    """What the room says of itself."""
    path = rooms()[room] / "README.md"
    assert path.exists(), f"The room {room} has no README.md: its purpose, its words, and what it tells and hears."
    return path.read_text()


def listed(text: str) -> list[str]:
    """Event names in backticks; a bare one belongs to the room of the one before it."""
    found, room = [], ""
    for name in EVENT.findall(text):
        if "." in name:
            room = name.partition(".")[0]
        found.append(name if "." in name else f"{room}.{name}")
    return found


def written_lists(room: str) -> tuple[set[str], set[str]]:
    """What the README says is told and heard."""
    lists = LISTS.search(readme(room))
    assert lists, f"The README of {room} does not say: `Tells: …. Hears: ….`, or `Tells and hears no events.`"
    return set(listed(lists["tells"] or "")), {name for name in listed(lists["hears"] or "") if "." in name}


def told(room: str) -> set[str]:
    """The kinds of events that the room's code records: by `record(…)`, or by a function that takes the verb."""
    trees = [parsed(path) for path in code_of(room)]
    takers = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [arg.arg for arg in node.args.args if arg.arg not in ("self", "cls")]
                if "verb" in names + [arg.arg for arg in node.args.kwonlyargs]:
                    takers[node.name] = names.index("verb") if "verb" in names else None
    kinds = set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "verb":
                kinds |= {f"{room.rpartition('.')[2]}.{text}" for text in _texts(node.value)}
    for call in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name == "record" and call.args:
            kinds |= {text for text in _texts(call.args[0]) if re.fullmatch(r"[a-z_]+\.[a-z_]+", text)}
        elif name in takers:
            given = [keyword.value for keyword in call.keywords if keyword.arg == "verb"]
            if takers[name] is not None and len(call.args) > takers[name]:
                given.append(call.args[takers[name]])
            own = room.rpartition(".")[2]
            kinds |= {f"{own}.{text}" for value in given for text in _texts(value)}
    return kinds


def _texts(node) -> list[str]:
    """The texts that an expression may be: a constant, or either side of a choice; a made-up text is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return _texts(node.body) + _texts(node.orelse) if isinstance(node, ast.IfExp) else []


def heard(room: str) -> set[str]:
    """The kinds of events that the room's listeners ask for."""
    kinds = set()
    for path in code_of(room):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "listen":
                kinds |= {text for arg in node.args for text in _texts(arg) if "." in text}
    return kinds


@pytest.mark.parametrize("room", rooms())
def test_a_room_says_what_it_is_for(room):
    lines = readme(room).splitlines()
    assert len(lines) <= MOST_LINES
    assert re.match(r"# \S", lines[0])
    purpose = " ".join(line for line in lines[1:PURPOSE_WITHIN] if line)
    assert len(purpose) > 30 and re.search(r"[.:]", purpose), f"The first lines of {room} do not say what it is for."


@pytest.mark.parametrize("room", rooms())
def test_a_room_says_what_it_tells(room):
    assert written_lists(room)[0] == told(room)


@pytest.mark.parametrize("room", rooms())
def test_a_room_says_what_it_hears(room):
    assert written_lists(room)[1] == heard(room)


def test_what_is_heard_is_told_by_somebody():
    kinds = {kind for room in rooms() for kind in told(room)}
    assert {kind for room in rooms() for kind in heard(room)} - kinds == set()


@pytest.mark.parametrize("room", rooms())
def test_a_room_names_modules_that_are_there(room):
    """`sending.py` in a README is a file of the room; one of another room is written with its path."""
    files = {path.name for path in rooms()[room].rglob("*.py")}
    wanted = set(re.findall(r"(?<![\w/.])([a-z_]+\.py)\b", readme(room)))
    assert wanted <= files, f"{named(rooms()[room])}: {sorted(wanted - files)}"
