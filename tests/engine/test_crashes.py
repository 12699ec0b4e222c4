"""Whatever is killed, nothing committed is lost, and the next start needs no help."""

import contextlib
import os
import signal
import subprocess
import threading
import time

from alongside.lib import engine
from alongside.lib.engine import cluster, processes, server
from alongside.lib.engine.keeper import kept
from tests.engine.conftest import HOLDS, QUICK, connect, left_behind, pid_of, program


def wait_for(what, seconds=60.0):
    """Wait until `what()` is true, and give that back."""
    until = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)
    return found


def killed(place) -> None:
    """Kill the server the hard way and wait until it is gone."""
    pid = pid_of(place)
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: server.status(place.data) is None)


def test_a_killed_server_loses_nothing_committed(home):
    with engine.running(home, options=QUICK) as place:
        with connect(place) as database:
            database.execute("CREATE TABLE kept (it int)")
        for it in range(20):
            with connect(place) as database:
                database.execute("INSERT INTO kept VALUES (%s)", [it])
        killed(place)
    with engine.running(home, options=QUICK) as place, connect(place) as database:
        assert database.execute("SELECT count(*) FROM kept").fetchone() == (20,)


def test_what_a_killed_server_left_at_work_does_not_hinder_the_next_start(home):
    with engine.running(home, options=QUICK) as place:
        busy = connect(place)

        def spin():
            with contextlib.suppress(Exception):
                busy.execute("SELECT count(*) FROM generate_series(1, 1000000000)")

        thread = threading.Thread(target=spin)
        thread.start()
        asked = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%(1, 1000000000)' AND state = 'active'"
        with connect(place, user="postgres", autocommit=True) as database:
            wait_for(lambda: database.execute(asked).fetchone()[0])
        killed(place)
        with engine.running(home, options=QUICK), connect(place) as database:
            assert database.execute("SELECT 1").fetchone() == (1,)
        thread.join()
        busy.close()
    assert left_behind(home) == []


def test_a_server_whose_program_was_killed_is_taken_over(home):
    program_that_dies = program(home, HOLDS)
    assert program_that_dies.stdout.readline() == "in\n"
    place = engine.place_of(home)
    first = pid_of(place)
    program_that_dies.kill()
    program_that_dies.communicate()
    with engine.running(home) as place:
        assert pid_of(place) == first
        with connect(place) as database:
            assert database.execute("SELECT 1").fetchone() == (1,)
    assert left_behind(home) == []


def test_a_process_id_that_went_to_a_stranger_does_not_hinder_the_start(home):
    with engine.running(home, options=QUICK) as place:
        killed(place)
    file = place.data / "postmaster.pid"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    wait_for(lambda: not processes.orphans(place.data))
    with engine.running(home, options=QUICK), connect(place) as database:
        assert database.execute("SELECT 1").fetchone() == (1,)


def test_nor_does_a_lock_of_the_socket_whose_process_id_another_bears_now(home):
    with engine.running(home, options=QUICK) as place:
        killed(place)
    wait_for(lambda: not processes.orphans(place.data))
    stranger = subprocess.Popen(["sleep", "60"], **cluster.as_account(place))
    try:
        lock = place.socket / ".s.PGSQL.5432.lock"
        lines = lock.read_text().splitlines()
        lock.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        with engine.running(home, options=QUICK), connect(place) as database:
            assert database.execute("SELECT 1").fetchone() == (1,)
    finally:
        stranger.kill()
        stranger.wait()


def test_a_server_that_dies_while_we_serve_comes_back_by_itself(home, capfd):
    with engine.running(home, options=QUICK) as place, kept(place):
        with connect(place) as database:
            database.execute("CREATE TABLE kept AS SELECT 1 AS it")
        first = pid_of(place)
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: (server.status(place.data) or (first, ""))[0] != first)
        wait_for(lambda: server.status(place.data)[1] == "ready")
        with connect(place) as database:
            assert database.execute("SELECT it FROM kept").fetchone() == (1,)
    assert "The database died; starting it again." in capfd.readouterr().err
    assert left_behind(home) == []


def test_a_start_that_is_cut_off_by_a_signal_leaves_no_server(home):
    code = (
        "import signal\nfrom alongside.cli.setting_up import ending_in_order\n"
        "print('in', flush=True)\nwith ending_in_order(), engine.running(home): sys.stdin.read()\n"
    )
    other = program(home, code)
    assert other.stdout.readline() == "in\n"
    wait_for(lambda: (home / "postgres.log").exists() or other.poll() is not None)
    other.send_signal(signal.SIGTERM)
    other.communicate()
    assert left_behind(home) == []
