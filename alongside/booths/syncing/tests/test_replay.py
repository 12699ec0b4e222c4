"""Editing traces through the real socket: small ones of our own, and the given ones where they lie beside us."""

import gzip
import json

import pytest

from alongside.booths import cli
from alongside.booths.models import Booth, Participant, Update
from alongside.booths.syncing.traces import BadTrace, load
from alongside.keys.models import Key
from alongside.lib.commands import Failed
from alongside.lib.home import CHECKOUT

GIVEN = CHECKOUT.parent / "shared" / "cases" / "coediting"


def written(tmp_path, trace: dict):
    """A trace as a file."""
    path = tmp_path / "trace.json.gz"
    path.write_bytes(gzip.compress(json.dumps(trace).encode()))
    return path


@pytest.fixture
def sequential(tmp_path):
    """Somebody types beyond ASCII, takes back, and types between astral letters."""
    words, txns = "", []
    for number in range(60):
        place, gone, new = (number * 7) % (len(words) + 1), 0, "aß🥩日x"[number % 5]
        if number % 6 == 5:
            place, gone, new = min(place, len(words) - 1), 1, ""
        words = words[:place] + new + words[place + gone:]
        txns.append({"patches": [[place, gone, new]]})
    return written(tmp_path, {"startContent": "", "endContent": words, "txns": txns})


@pytest.fixture
def concurrent(tmp_path):
    """Two who type at once, one at the front and one at the end, each some rounds behind the other."""
    txns = [{"parents": [], "agent": 0, "patches": [[0, 0, "|🥩|"]]}]
    front, back, seen, last, at_round = "", "", 0, [0, 0], [(0, 0, 0)]

    def types(agent: int, place: int, word: str, also: int | None) -> None:
        parents = [last[agent]] if also is None or also == last[agent] else [last[agent], also]
        txns.append({"parents": parents, "agent": agent, "patches": [[place, 0, word]]})
        last[agent] = len(txns) - 1

    for round in range(1, 13):
        front_before, back_before, letters = at_round[-1]
        for number in range(3):
            types(0, len(front), "ä", back_before if number == 0 and round % 4 == 0 else None)
            front += "ä"
        for number in range(3):
            catches_up = number == 0 and round % 3 == 0
            seen = letters if catches_up else seen
            types(1, seen + 3 + len(back), "b", front_before if catches_up else None)
            back += "b"
        at_round.append((last[0], last[1], len(front)))
    txns.append({"parents": last, "agent": 0, "patches": [[0, 1, "Z"]]})
    return written(tmp_path, {"kind": "concurrent", "numAgents": 2, "txns": txns,
                              "endContent": f"Z{front[1:]}|🥩|{back}"})


def replay(path, *words: str, capsys) -> tuple[int, dict]:
    """What the command answers and prints."""
    code = cli.main(["replay", str(path), "--json", *words])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def database(transactional_db, monkeypatch):
    """The command's own server finds the test's database."""
    from alongside.lib.tests.process import database_url

    monkeypatch.setenv("DATABASE_URL", database_url())


@pytest.mark.parametrize("words", [("--turn", "1"), ("--clients", "3", "--drop", "0.2"),
                                   ("--drop", "0.1", "--restart-at", "20", "--turn", "7")], ids=" ".join)
def test_everyone_has_what_was_typed_in_turn(sequential, database, capsys, words):
    code, played = replay(sequential, *words, capsys=capsys)
    assert (code, played["equal"], played["different"]) == (0, True, [])
    assert played["transactions"] == 60 and played["kind"] == "sequential"
    assert (played["dropped"] > 0) == ("--drop" in words)
    assert played["restarts"] == ("--restart-at" in words)


@pytest.mark.parametrize("words", [(), ("--drop", "0.2", "--restart-at", "20")], ids=" ".join)
def test_everyone_has_what_was_typed_at_once(concurrent, database, capsys, words):
    code, played = replay(concurrent, *words, capsys=capsys)
    assert (code, played["equal"], played["kind"]) == (0, True, "concurrent")


def test_a_text_that_differs_is_named_and_fails(tmp_path, database, capsys):
    path = written(tmp_path, {"startContent": "", "endContent": "other", "txns": [{"patches": [[0, 0, "one"]]}]})
    code, played = replay(path, capsys=capsys)
    assert code == 1
    assert played["different"] == ["client 1", "client 2", "one who came late"]
    assert cli.main(["replay", str(path)]) == 1
    assert "different: client 1" in capsys.readouterr().out


def test_nothing_is_left_of_it(sequential, database, capsys):
    code, played = replay(sequential, capsys=capsys)
    assert (code, played["equal"]) == (0, True)
    assert [model for model in (Booth, Participant, Update) if model.objects.exists()] == []
    assert not Key.objects.filter(purpose__startswith="booth").exists()


@pytest.mark.parametrize("content", [b"plain", *(gzip.compress(each, mtime=0) for each in (b"no json", b"{}", b"[]"))],
                         ids=["plain", "no json", "an object", "a list"])
def test_what_is_no_trace_is_refused_in_words(tmp_path, content):
    path = tmp_path / "trace.json.gz"
    path.write_bytes(content)
    with pytest.raises(BadTrace):
        load(path)
    with pytest.raises(Failed):
        cli.main(["replay", str(path)])


def test_two_who_typed_at_once_need_two_clients(concurrent):
    with pytest.raises(Failed, match="--clients 2"):
        cli.main(["replay", str(concurrent), "--clients", "1"])


@pytest.mark.skipif(not GIVEN.exists(), reason="the given traces do not lie beside this checkout")
@pytest.mark.parametrize("name", ["friendsforever", "sequential/sveltecomponent"])
def test_the_given_traces_are_read(name):
    trace = load(GIVEN / f"{name}.json.gz")
    assert trace.transactions and trace.after
