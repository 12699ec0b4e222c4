"""The second start: from the command to the first page; and what the idle process weighs."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import serving
from bench.measuring import Row, pss_megabytes

SETTLE_SECONDS = 8


def run(options) -> list[Row]:
    """A data folder of its own with the demo in it, started again and again as `./run` starts it."""
    row = Row("second start to first page", [])
    idle, children = [], []
    with tempfile.TemporaryDirectory(prefix="alongside-start-") as folder:
        Path(folder).chmod(0o755)
        for number in range(options.rounds + 1):
            port = serving.free_port()
            began = time.perf_counter()
            process = _run(folder, port)
            serving.wait_until_up(port, process, path="/accounts/login", seconds=300)
            took = (time.perf_counter() - began) * 1000
            if number:
                row.samples.append(took)
                time.sleep(SETTLE_SECONDS)
                ours, others = _weight(process.pid)
                idle.append(ours)
                children.append(others)
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    row.notes |= {"idle PSS in MB": [round(mb) for mb in idle], "children": children}
    return [row]


def _run(folder: str, port: int) -> subprocess.Popen:
    command = ["./run"] if Path("run").exists() else [sys.executable, "-m", "alongside.cli", "serve", "--demo"]
    environment = {**os.environ, "ALONGSIDE_HOME": folder, "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        command, cwd=serving.ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )


def _weight(pid: int) -> tuple[float, list[str]]:
    """PSS of the serving process in MB, and of each other child that is not the database."""
    others = []
    for child in _descendants(pid):
        name = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()[:60]
        if "postgres" not in name:
            others.append(f"{name.split('/')[-1].strip()}: {pss_megabytes(child):.0f}")
    return pss_megabytes(pid), others


def _descendants(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            child = int(stat.parent.name)
            found += [child, *_descendants(child)]
    return found
