"""Brings in the kinds of moments that come with the house (`kinds.toml`), whenever tables were brought up to date."""

import tomllib
from pathlib import Path

from django.apps import apps as ours
from django.db import transaction

from alongside.moments.models import Idea, MomentKind

FILE = Path(__file__).with_name("kinds.toml")


def after_migrating(apps=ours, **_signal) -> None:
    """Hears that tables were brought up to date, or back to what they were before there were kinds."""
    if "momentkind" in apps.all_models["moments"]:
        bring_in()


def bring_in() -> None:
    """Have every kind of the file with its ideas. What the house changed or wrote itself stays; nothing is offered
    again that the house offers no more."""
    with transaction.atomic():
        known = {kind.key: kind for kind in MomentKind.objects.select_for_update()}
        ideas = {(idea.kind_id, idea.key): idea for idea in Idea.objects.exclude(key="")}
        last = MomentKind.last_order()
        for order, wanted in enumerate(tomllib.loads(FILE.read_text(encoding="utf-8"))["kind"], last + 1):
            about = {name: wanted[name] for name in ("label", "icon", "rests")}
            kind = known.get(wanted["key"]) or MomentKind.objects.create(key=wanted["key"], order=order, **about)
            _refresh(kind, about)
            for each in wanted["ideas"]:
                _idea(kind, each, ideas)


def _idea(kind: MomentKind, wanted: dict, known: dict) -> None:
    about = {"words": wanted["words"], "fits": wanted.get("fits", [])}
    idea = known.get((kind.pk, wanted["key"])) or Idea.objects.create(kind=kind, key=wanted["key"], **about)
    _refresh(idea, about)


def _refresh(row: MomentKind | Idea, about: dict) -> None:
    """Have it as the file says, where the house has it not otherwise."""
    newer = [name for name, value in about.items() if name not in row.here and getattr(row, name) != value]
    for name in newer:
        setattr(row, name, about[name])
    if newer:
        row.save(update_fields=newer)
