"""A backup brings everything back, is checked before anything changes, and never replaces data unasked."""

import io
import json
import subprocess
import sys
import tarfile

import pytest

from alongside.cli.backup import MANIFEST
from alongside.cli.restore import unpacked
from alongside.lib import engine
from alongside.lib.commands import Failed
from alongside.lib.engine import binaries
from alongside.lib.home import CHECKOUT
from tests.engine.conftest import QUICK, alongside, environment, settle

MEET = "from alongside.people.models import Person; Person.meet(called='Joe', email='joe@hallam.example')"
COUNT = "from alongside.people.models import Person; print(Person.objects.count())"


def in_django(home, code: str, **more) -> str:
    """Run `code` in the house of the data folder `home`; what it printed."""
    start = "from alongside.cli.setting_up import database, django\nwith database():\n    django()\n    "
    done = subprocess.run(
        [sys.executable, "-c", start + code], cwd=CHECKOUT, env=environment(home) | more, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def house(folder):
    """A data folder with one person in it."""
    home = settle(folder / "house")
    in_django(home, MEET)
    return home


@pytest.fixture(scope="module")
def backup(house, folder):
    """A backup of that house."""
    path = folder / "backup.tar"
    done = alongside(house, "backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


def test_what_was_backed_up_comes_back_in_an_empty_house(backup, house, home):
    done = alongside(home, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert in_django(home, COUNT) == "1"
    assert (home / "secret_key").read_text() == (house / "secret_key").read_text()
    assert alongside(home, "migrate", "--check").returncode == 0


def test_data_is_replaced_only_by_force_and_then_wholly(backup, house):
    in_django(house, MEET.replace("Joe", "Ryan").replace("joe@hallam", "ryan@kessler"))
    refused = alongside(house, "restore", str(backup))
    assert refused.returncode == 1
    assert "knows 2 people" in refused.stderr
    assert in_django(house, COUNT) == "2"
    assert alongside(house, "restore", "--force", str(backup)).returncode == 0
    assert in_django(house, COUNT) == "1"


def test_a_backup_is_readable_by_us_only_and_never_written_over_unasked(backup, house):
    assert backup.stat().st_mode & 0o077 == 0
    again = alongside(house, "backup", str(backup))
    assert again.returncode == 1
    assert "exists" in again.stderr


def test_it_holds_the_database_and_the_secret_and_says_what_it_is(backup):
    with tarfile.open(backup) as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile(MANIFEST))
    assert {"database.dump", "home/secret_key"} <= set(names)
    assert not [name for name in names if name.startswith(("home/postgres", "home/engine", "home/socket"))]
    assert set(manifest["sha256"]) == set(names) - {MANIFEST}
    assert manifest["migrations"]


@pytest.mark.parametrize("at", [0.3, 0.9])
def test_one_bit_that_is_off_is_found(backup, tmp_path, at):
    bad = tmp_path / "bad.tar"
    content = bytearray(backup.read_bytes())
    content[int(tarfile_size_of_dump(backup) * at)] ^= 1
    bad.write_bytes(content)
    with pytest.raises(Failed, match="damaged"), unpacked(bad):
        pass


def tarfile_size_of_dump(path) -> int:
    """Where the database's part ends."""
    with tarfile.open(path) as tar:
        member = tar.getmember("database.dump")
        return member.offset_data + member.size


@pytest.mark.parametrize("share", [0.0, 0.5, 0.98])
def test_one_that_is_cut_short_is_found(backup, tmp_path, share):
    bad = tmp_path / "bad.tar"
    content = backup.read_bytes().rstrip(b"\0")
    bad.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(Failed), unpacked(bad):
        pass


def test_a_file_with_a_way_out_of_its_folder_is_refused(tmp_path):
    bad = tmp_path / "bad.tar"
    with tarfile.open(bad, "w") as tar:
        tar.addfile(tarfile.TarInfo("home/../../escaped"))
    with pytest.raises(Failed, match="not a backup"), unpacked(bad):
        pass


def test_a_backup_of_a_newer_house_is_refused(backup, home, tmp_path):
    newer = tmp_path / "newer.tar"
    with tarfile.open(backup) as old, tarfile.open(newer, "w") as new:
        for member in old:
            content = old.extractfile(member).read()
            if member.name == MANIFEST:
                about = json.loads(content)
                about["migrations"].append("people.9999_to_come")
                content = json.dumps(about).encode()
                member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    done = alongside(home, "restore", str(newer))
    assert done.returncode == 1
    assert "newer Alongside" in done.stderr


def test_it_moves_a_house_to_a_postgresql_of_its_own_and_back(backup, folder, home):
    known = binaries.installed()
    if not known:
        pytest.skip("a PostgreSQL of the machine: apt install postgresql")
    with engine.running(folder / "own", options=QUICK, programs=known[min(known)]) as place:
        own = {"DATABASE_URL": f"postgresql://alongside@/alongside?host={place.socket}"}
        done = alongside(home, "restore", str(backup), **own)
        assert done.returncode == 0, done.stderr
        assert in_django(home, COUNT, **own) == "1"
        again = folder / "again.tar"
        done = alongside(home, "backup", str(again), **own)
        assert done.returncode == 0, done.stderr
    assert not (home / "postgres").exists()
    done = alongside(home, "restore", str(again))
    assert done.returncode == 0, done.stderr
    assert in_django(home, COUNT) == "1"


FORGET = "from alongside.people.models import Person; from alongside.portal.erasing import erase; " \
    "erase(Person.objects.get(called='Joe'), 'anonymise', by=None)"
REACHED = "from alongside.people.models import Identity; print(Identity.objects.filter(value__contains='joe').count())"


def test_who_was_forgotten_since_stays_so_after_a_restore(backup, folder):
    home = folder / "forgetful"
    assert alongside(home, "restore", str(backup)).returncode == 0
    assert in_django(home, REACHED) == "1"
    in_django(home, FORGET)
    ledger = (home / "erasures.jsonl").read_text()
    assert "hallam" not in ledger
    done = alongside(home, "restore", "--force", str(backup))
    assert done.returncode == 0, done.stderr
    assert "forgotten again" in done.stdout
    assert in_django(home, REACHED) == "0" and in_django(home, COUNT) == "1"
    assert (home / "erasures.jsonl").read_text() == ledger
