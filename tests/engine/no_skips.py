"""`./test --all`: a skipped test counts as a failure, unless it says that it is for another kind of machine."""

import pytest

ELSEWHERE = "only "  # how the reason of a skip begins that no installation can mend: "only root can …"
_skipped: list[str] = []


def _note(report) -> None:
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if not reason.startswith(ELSEWHERE):
        _skipped.append(f"{report.nodeid}: {reason}")


pytest_runtest_logreport = _note
pytest_collectreport = _note


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """The run fails when something was skipped."""
    if _skipped and exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    """Say what was skipped."""
    for line in _skipped:
        terminalreporter.write_line(f"SKIPPED although everything was asked for: {line}")
