"""The embedded database starts by itself, is safe by default, is shared, and is gone when its last user is."""

import stat

import pytest

from alongside.lib import engine
from alongside.lib.engine import server
from tests.engine.conftest import HOLDS, connect, left_behind, pid_of, program


def test_it_starts_where_nothing_was_and_leaves_nothing_running(home):
    with engine.running(home) as place:
        with connect(place) as database:
            database.execute("CREATE TABLE kept AS SELECT 1 AS it")
        assert left_behind(home)
    assert left_behind(home) == []
    with engine.running(home) as place, connect(place) as database:
        assert database.execute("SELECT it FROM kept").fetchone() == (1,)


def test_it_keeps_what_it_acknowledges_and_listens_on_no_network(home):
    with engine.running(home) as place, connect(place) as database:
        wanted = {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "data_checksums": "on",
            "listen_addresses": "",
            "server_encoding": "UTF8",
        }
        found = {name: database.execute("SELECT current_setting(%s)", [name]).fetchone()[0] for name in wanted}
    assert found == wanted


def test_the_program_is_no_superuser_of_it(place):
    with connect(place) as database:
        assert database.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)


def test_what_people_wrote_stays_out_of_its_log(place):
    with connect(place, autocommit=True) as database, pytest.raises(Exception, match="does not exist"):
        database.execute("SELECT 'I forgot my homework' FROM nowhere")
    assert "homework" not in place.log.read_text()


def test_the_last_user_to_leave_stops_it(home):
    other = program(home, HOLDS)
    assert other.stdout.readline() == "in\n"
    with engine.running(home) as place:
        first = pid_of(place)
        other.communicate("leave")
        assert other.returncode == 0
        assert pid_of(place) == first
    assert left_behind(home) == []


def test_one_that_was_started_to_stay_outlives_its_users_until_it_is_stopped(home):
    place = engine.start(home)
    with engine.running(home):
        pass
    assert server.status(place.data)
    assert engine.stop(home) is True
    assert engine.stop(home) is False
    assert left_behind(home) == []


def test_it_is_not_stopped_under_someone_who_uses_it(home):
    with engine.running(home) as place:
        other = program(home, "try: engine.stop(home)\nexcept engine.EngineError as no: print(no)")
        assert "is in use" in other.communicate()[0]
        assert server.status(place.data)


def test_only_one_may_have_it_alone(home):
    with engine.running(home, alone=True):
        other = program(
            home,
            "try:\n  with engine.running(home, alone=True): print('in')\nexcept engine.AlreadyOwned as no: print(no)",
        )
        said = other.communicate()[0]
    assert "already runs on the data folder" in said
    assert "process" in said
    with engine.running(home, alone=True):
        pass


def test_a_first_start_that_was_cut_off_is_made_good(home):
    with engine.running(home) as place:
        pass
    place.data.rename(place.data.with_name("postgres.new"))
    (place.data.with_name("postgres.new") / "PG_VERSION").unlink()
    with engine.running(home) as place, connect(place) as database:
        assert database.execute("SELECT 1").fetchone() == (1,)


def test_a_new_data_folder_cannot_be_listed_by_others(home):
    with engine.running(home):
        pass
    assert stat.S_IMODE(home.stat().st_mode) & 0o066 == 0


def test_settings_of_the_operator_win_over_ours(home):
    home.mkdir()
    (home / "postgres.own.conf").write_text("shared_buffers = 33MB\n")
    with engine.running(home) as place, connect(place) as database:
        assert database.execute("SHOW shared_buffers").fetchone() == ("33MB",)


def test_a_server_that_cannot_start_says_why(home):
    home.mkdir()
    (home / "postgres.own.conf").write_text("shared_buffers = 'a lot'\n")
    with pytest.raises(engine.EngineError, match="shared_buffers"), engine.running(home):
        pass
    assert left_behind(home) == []
