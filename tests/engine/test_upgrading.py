"""Data of an older PostgreSQL is refused in clear words, and brought over by one command."""

import pytest

from alongside.lib import engine
from alongside.lib.engine import binaries
from alongside.lib.engine.upgrade import upgrade
from tests.engine.conftest import QUICK, connect, left_behind


def older() -> tuple[int, object]:
    """An older PostgreSQL of those that came with us."""
    return min((major, folder) for major, folder in binaries.shipped().items() if major < binaries.MAJOR)


def test_older_data_is_brought_over_and_the_old_folder_kept(home):
    major, programs = older()
    with engine.running(home, options=QUICK, programs=programs) as place, connect(place) as database:
        database.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS it, 'Zoë' AS name")
    with pytest.raises(engine.NeedsUpgrade, match="alongside database upgrade"), engine.running(home):
        pass
    told = []
    said = upgrade(engine.place_of(home), say=told.append)
    assert f"PostgreSQL {binaries.MAJOR}" in said and told
    with engine.running(home, options=QUICK) as place, connect(place) as database:
        assert database.execute("SELECT count(*), max(name) FROM kept").fetchone() == (1000, "Zoë")
        assert database.info.server_version // 10000 == binaries.MAJOR
    assert [(path / "PG_VERSION").read_text() for path in home.glob(f"postgres-{major}-*")] == [f"{major}\n"]
    assert left_behind(home) == []


def test_a_copy_that_fails_changes_nothing(home, monkeypatch):
    major, programs = older()
    with engine.running(home, options=QUICK, programs=programs) as place, connect(place) as database:
        database.execute("CREATE TABLE kept AS SELECT 1 AS it")
    counts = iter([{"public.kept": 1}, {"public.kept": 0}])
    monkeypatch.setattr("alongside.lib.engine.upgrade._count", lambda place: next(counts))
    with pytest.raises(engine.EngineError, match="nothing was changed"):
        upgrade(engine.place_of(home), say=lambda text: None)
    assert (home / "postgres" / "PG_VERSION").read_text().strip() == str(major)
    assert not (home / "postgres.upgraded").exists()
    assert left_behind(home) == []


def test_a_swap_that_was_cut_off_is_finished_at_the_next_start(home):
    with engine.running(home, options=QUICK) as place, connect(place) as database:
        database.execute("CREATE TABLE kept AS SELECT 1 AS it")
    place.data.rename(place.upgraded)
    with engine.running(home, options=QUICK) as place, connect(place) as database:
        assert database.execute("SELECT it FROM kept").fetchone() == (1,)


def test_newer_data_is_not_touched(home):
    with engine.running(home, options=QUICK) as place:
        pass
    (place.data / "PG_VERSION").write_text("99\n")
    with pytest.raises(engine.NeedsUpgrade, match="newer"), engine.running(home):
        pass


def test_data_of_this_version_needs_nothing(home):
    with engine.running(home, options=QUICK) as place:
        pass
    assert "Nothing to do" in upgrade(place)
