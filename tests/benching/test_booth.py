"""`alongside bench booth`: every part, in the small, on our server alone."""

import json
import os
from contextlib import contextmanager

import pytest
from django.db.models import Q

from alongside.booths.models import Booth
from alongside.lib.tests.serving import server
from bench.booth import parts, servers, world
from bench.cli import main

__all__ = ["server"]
SMALL = ["--against", "ours", "--rounds", "1", "--seconds", "2", "--devices", "4", "--booths", "3", "--open", "5",
         "--edits", "1200", "--json"]


@pytest.fixture
def measured(server, monkeypatch, capsys):
    """A function that measures some parts on the test's own server: their rows by name."""
    @contextmanager
    def running(names=(servers.OURS,)):
        yield [servers.Target(name, server.port, os.getpid()) for name in names]

    @contextmanager
    def ours():
        with running() as (target,):
            yield target

    monkeypatch.setattr(servers, "running", running)
    monkeypatch.setattr(servers, "ours", ours)
    monkeypatch.setattr(parts, "SETTLE_SECONDS", 0.2)

    def measure(*names):
        assert main(["booth", "--only", *names, *SMALL]) == 0
        return {row["name"]: row for row in json.loads(capsys.readouterr().out)["rows"]}

    return measure


def test_keystrokes_and_floods_arrive(measured):
    rows = measured("latency", "rate", "many")
    keystrokes, changes = rows["keystroke to the last: ours"], rows["changes at 4: ours"]
    assert keystrokes["n"] > 15 and rows["3 booths live: ours"]["n"] > 20
    assert changes["per second"][0] > 20
    assert [row["name"] for row in rows.values() if "lost" in row] == []
    assert keystrokes["generator"][0] > 0
    kept = Q(updates__isnull=False) | Q(snapshots__isnull=False)
    assert Booth.objects.filter(kept).distinct().count() == 5


def test_open_booths_are_weighed(measured):
    row, = measured("memory").values()
    assert row["MB"] > 20
    assert Booth.objects.filter(updates__isnull=False).distinct().count() == 5


def test_a_page_of_many_edits_is_opened_and_folded_while_it_is_written(measured):
    rows = measured("opening", "folding")
    letters = rows["1,200 edits, server just started"]["letters"]
    assert 600 < letters < 1000
    assert rows["keystroke while nothing is folded"]["n"] > 20


def test_edits_are_the_same_each_time():
    assert world.typed(300, seed=3) == world.typed.__wrapped__(300, seed=3)
    assert len(world.typed(300, seed=3)) == 300
