"""Calls go down: the contract on imports holds, rooms meet through their doors, and foreign keys point down."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from alongside.lib.home import CHECKOUT
from tests.house.plan import FREE, code_of, floor_of, floors, named, parsed, room_of, rooms

DOORS = ("models", "events")  # what a room shows to the rooms above it without a word


def test_imports_go_down():
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_stands_on_a_floor():
    held = {room for floor in floors() for room in floor} - {"cli"}
    assert held == {room.partition(".")[0] for room in rooms()}


def imported_from_other_rooms(room: str):
    """Yield (file, line, other room, module path inside it) for each import across rooms."""
    for path in code_of(room):
        for node in ast.walk(parsed(path)):
            for module, names in _imports(node):
                other = room_of(module)
                if other is None or other == room or other in FREE:
                    continue
                inside = module.removeprefix(f"alongside.{other}").strip(".")
                for name in names if not inside else [""]:
                    yield named(path), node.lineno, other, inside or name
                for name in names:
                    if name.startswith("_"):
                        yield named(path), node.lineno, other, f"{inside}.{name}"


def _imports(node) -> list[tuple[str, list[str]]]:
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [(node.module or "", [alias.name for alias in node.names])]
    return [(alias.name, []) for alias in node.names] if isinstance(node, ast.Import) else []


def offered(room: str) -> set[str]:
    """The modules that a room's README names as its doors: `sending.py`, or `roles`, in backticks or in a block."""
    text = (rooms()[room] / "README.md").read_text()
    return set(re.findall(r"\b([a-z_]+)\.py\b", text)) | set(re.findall(r"`([a-z_]+)`", text))


@pytest.mark.parametrize("room", rooms())
def test_a_room_is_entered_by_its_doors(room):
    wrong = []
    for file, line, other, inside in imported_from_other_rooms(room):
        module, _dot, name = inside.partition(".")
        if name.startswith("_") or module not in DOORS and module not in offered(other):
            wrong.append(f"{file}:{line} takes `{inside}` of {other}")
    assert not wrong, "\n".join([*wrong, "", "A room imports another room's models, its events, and what that room's "
                                 "README names. Use one of those, or offer it there: name the module in the README."])


def room_of_model(model) -> str | None:
    """The room that a model lies in; None for a model of a library."""
    return room_of(model.__module__)


def keys_between_rooms():
    """Yield (model, field's name, target) for every key from one of our models to another model."""
    for model in apps.get_models(include_auto_created=True):
        own = room_of_model(model) or (model._meta.auto_created and room_of_model(model._meta.auto_created))
        if not own:
            continue
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if field.is_relation and field.remote_field:
                yield own, model, field.name, field.related_model


def test_foreign_keys_point_down():
    found = list(keys_between_rooms())
    assert len(found) > 40
    wrong = []
    for own, model, name, target in found:
        other = room_of_model(target)
        if other is None or other == own:
            continue
        if floor_of(other) >= floor_of(own):
            wrong.append(f"{model._meta.label}.{name} → {target._meta.label}")
    assert not wrong, "\n".join([*wrong, "", "These keys point up or sideways. The higher room owns the link."])


def test_no_model_points_at_everything():
    """A generic key would be a key to any room, and no database would hold it."""
    fields = [field for model in apps.get_models() if room_of_model(model) for field in model._meta.get_fields()]
    assert [str(field) for field in fields if type(field).__name__ == "GenericForeignKey"] == []


def test_a_library_is_not_taught_about_our_rooms():
    """Tables of libraries know the member who signs in, and nothing else of ours."""
    seen = set()
    for model in apps.get_models(include_auto_created=True):
        if room_of_model(model) or (model._meta.auto_created and room_of_model(model._meta.auto_created)):
            continue
        seen |= {field.related_model._meta.label for field in model._meta.local_fields
                 if field.is_relation and field.related_model and room_of_model(field.related_model)}
    assert seen <= {"members.Member"}
