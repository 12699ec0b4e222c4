"""Nobody but the account that started it gets into the database, and no folder of others is touched."""

import os
import pwd
import shutil
import stat
import subprocess

import pytest

from alongside.lib import engine
from alongside.lib.engine import binaries, places
from tests.engine.conftest import QUICK, connect, left_behind

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")


def mode(path) -> int:
    """The permissions of a path."""
    return stat.S_IMODE(path.stat().st_mode)


def test_the_socket_lies_in_a_folder_that_only_its_owner_enters(place):
    assert mode(place.socket) == 0o700
    assert place.socket.is_relative_to(place.home)
    assert mode(place.socket / ".s.PGSQL.5432") == 0o700
    assert mode(place.data) == 0o700


def test_another_name_is_refused_by_the_server_itself(place):
    rules = [line.split() for line in (place.settings / "pg_hba.conf").read_text().splitlines() if line[0] != "#"]
    assert rules == [["local", "all", "all", "peer", "map=alongside"]]


@as_root
def test_another_account_gets_in_neither_through_the_folder_nor_past_it(place):
    other = next(entry for entry in pwd.getpwall() if entry.pw_uid not in (0, place.account.uid))
    psql = binaries.installed()[max(binaries.installed())] / "psql" if binaries.installed() else None
    if psql is None:
        pytest.skip("a psql that another account can run: apt install postgresql")

    def attempt() -> subprocess.CompletedProcess:
        words = [psql, "-h", place.socket, "-p", "5432", "-U", "alongside", "-d", "alongside", "-c", "SELECT 1"]
        return subprocess.run(
            words, user=other.pw_uid, group=other.pw_gid, extra_groups=[], cwd="/", capture_output=True, text=True
        )

    first = attempt()
    assert first.returncode and "Permission denied" in first.stderr
    place.socket.chmod(0o755)
    (place.socket / ".s.PGSQL.5432").chmod(0o777)
    second = attempt()
    assert second.returncode and "eer authentication failed" in second.stderr


@as_root
def test_as_root_the_server_runs_as_an_account_of_no_rights(place):
    with connect(place) as database:
        pid = database.info.backend_pid
    assert place.account.uid != 0
    assert place.data.stat().st_uid == place.account.uid
    assert place.home.stat().st_uid == 0
    assert place.settings.stat().st_uid == 0, "the server's account cannot loosen its own rules"
    assert pid


@as_root
def test_a_folder_above_is_never_opened(folder, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(engine.EngineError, match="ALONGSIDE_HOME"), engine.running(closed / "data"):
        pass
    assert mode(closed) == 0o700


@as_root
def test_a_checkout_that_the_account_cannot_reach_has_its_database_elsewhere(folder, monkeypatch):
    checkout = folder / "checkout"
    checkout.mkdir(mode=0o700)
    wheel = binaries.server_folder().parent.parent
    programs = checkout / wheel.name / "install" / "bin"
    shutil.copytree(binaries.server_folder().parent, programs.parent, symlinks=True)
    shutil.copytree(wheel.with_name(f"{wheel.name}.libs"), checkout / f"{wheel.name}.libs")
    monkeypatch.setattr(places, "CHECKOUT", checkout)
    monkeypatch.setattr(places, "FALLBACK", folder / "fallback")
    monkeypatch.setattr(binaries, "server_folder", lambda: programs)
    with engine.running(checkout / "data", options=QUICK) as place, connect(place) as database:
        assert database.execute("SELECT 1").fetchone() == (1,)
        assert place.moved
        assert place.root.parent == folder / "fallback"
    assert mode(checkout) == 0o700
    assert left_behind(folder) == []
    checkout.chmod(0o711)
    with engine.running(checkout / "data", options=QUICK) as place:
        assert place.moved, "the data is found where it is, also once the folder is open"


@as_root
def test_data_in_a_folder_that_became_closed_is_not_taken_for_new(home):
    with engine.running(home, options=QUICK):
        pass
    home.parent.chmod(0o700)
    with pytest.raises(engine.EngineError, match="is closed to the account"), engine.running(home):
        pass


def test_a_long_path_has_its_socket_in_a_folder_of_our_own(home):
    long = home.joinpath(*["a" * 40] * 3)
    with engine.running(long, options=QUICK) as place, connect(place) as database:
        assert database.execute("SELECT 1").fetchone() == (1,)
        assert not place.socket.is_relative_to(long)
        assert mode(place.socket) == 0o700
        assert place.socket.stat().st_uid == (place.account.uid if place.account else os.geteuid())
    place.socket.rmdir()


def test_a_socket_folder_that_someone_else_prepared_is_refused(home):
    long = home.joinpath(*["b" * 40] * 3)
    long.mkdir(parents=True)
    trap = engine.place_of(long).socket
    trap.mkdir()
    trap.chmod(0o777)
    try:
        with pytest.raises(engine.EngineError, match="not ours alone"), engine.running(long):
            pass
    finally:
        trap.rmdir()


def test_no_account_for_the_server_is_said_plainly(monkeypatch):
    monkeypatch.setattr(places, "ACCOUNTS", ("nobody of that name",))
    with pytest.raises(engine.EngineError, match="refuses to run as root"):
        places.server_account()


def test_an_account_without_a_name_is_said_plainly(monkeypatch):
    monkeypatch.setattr(places.os, "geteuid", lambda: 3999999999)
    with pytest.raises(engine.EngineError, match="/etc/passwd"):
        places.own_name()
