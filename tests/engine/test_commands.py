"""The `alongside` command: help, clear errors, exit codes, and no traceback for what was to be expected."""

import os
import subprocess
import sys

import pytest

from alongside.cli import main as cli
from alongside.lib.commands import Failed
from alongside.lib.home import CHECKOUT
from tests.engine.conftest import alongside, environment


def test_every_command_has_help_without_starting_anything(home):
    names = [name for name, command in cli.COMMANDS.items() if command.exists()]
    code = ("import contextlib, sys; from alongside.cli.main import main\nfor name in sys.argv[1:]:\n"
            "    with contextlib.suppress(SystemExit): sys.exit(main([name, '--help']))\n    print('help of', name)")
    done = subprocess.run([sys.executable, "-c", code, *names], cwd=CHECKOUT, env=environment(home), text=True,
                          capture_output=True)  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name, said in zip(names, done.stdout.split("help of ")[:-1], strict=True):
        assert "usage:" in said, name
    assert not (home / "postgres").exists()


def test_the_overview_names_every_command(capsys):
    assert cli.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name, command in cli.COMMANDS.items() if command.exists())


def test_nothing_and_nonsense_are_misuse(capsys):
    assert cli.main([]) == 2
    assert cli.main(["sreve"]) == 2
    assert "no command 'sreve'" in capsys.readouterr().err


def test_the_overview_imports_no_framework():
    code = "import sys; from alongside.cli.main import main; main(['--help']); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True).returncode == 0


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (Failed("Make room."), "Make room."),
        (FileNotFoundError(2, "No such file or directory", "/a/b"), "No such file or directory: /a/b"),
    ],
)
def test_what_was_to_be_expected_is_said_in_a_line(capsys, trouble, words):
    def work():
        raise trouble

    assert cli.guarded(work) == 1
    assert words in capsys.readouterr().err


def test_a_fault_of_ours_is_not_hidden():
    def work():
        return {}["missing"]

    with pytest.raises(KeyError):
        cli.guarded(work)


def test_a_database_that_is_away_is_said_in_a_line(home):
    done = alongside(home, "migrate", DATABASE_URL=f"postgresql://me@/house?host={home}")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "alongside doctor" in done.stderr


def test_an_address_that_makes_no_sense_is_said_in_a_line(home):
    for command in ("migrate", "doctor"):
        done = alongside(home, command, DATABASE_URL="mysql://me@host/house")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "postgresql://name:password@host:5432/database" in done.stdout + done.stderr


def test_whichever_command_comes_first_prepares_a_new_database(home):
    first = alongside(home, "retention", "--dry-run")
    assert first.returncode == 0, first.stderr
    assert "is new" in first.stderr
    assert alongside(home, "retention", "--dry-run").stderr == ""


def test_an_older_database_is_said_in_a_line_and_left_as_it_is(home):
    alongside(home, "database", "start")
    alongside(home, "database", "psql", "-c", "CREATE TABLE theirs (id int)")
    done = alongside(home, "retention", "--dry-run")
    alongside(home, "database", "stop")
    assert done.returncode == 1
    assert "`alongside migrate` brings it up to date" in done.stderr
    assert "Traceback" not in done.stderr


def test_status_start_and_stop(home):
    assert alongside(home, "database", "status").returncode == 1
    assert alongside(home, "database", "start").returncode == 0
    running = alongside(home, "database", "status")
    assert running.returncode == 0
    assert "is ready" in running.stdout
    assert alongside(home, "database", "psql", "-Atc", "SELECT 40 + 2").stdout == "42\n"
    assert "has stopped" in alongside(home, "database", "stop").stdout
    assert "did not run" in alongside(home, "database", "stop").stdout


def test_the_data_folder_of_another_is_said_in_a_line(home):
    home.mkdir()
    if os.geteuid() == 0:
        pytest.skip("only an ordinary account can be refused")
    home.chmod(0o500)
    done = alongside(home, "database", "start")
    assert done.returncode == 1
    assert "not ours to write" in done.stderr
