"""What the tests ask of `finding` in a process of its own: it forks, which a process with threads must not do."""

import os
import signal

from alongside.lib.matching import finding
from alongside.lib.matching.plain import plain


def on_two_cores(rows: list[dict]) -> tuple[list, list, list]:
    """The pairs that one process finds, those that two find, and how far they were each time they told."""
    people = [plain(row) for row in rows]
    alone = finding.find(people, cores=1)
    finding.WORTH_A_PROCESS = 10
    shares: list[float] = []
    together = finding.find(people, cores=2, tell=shares.append)
    return [each[:2] for each in alone], [each[:2] for each in together], shares


def with_a_helper_that_is_ended(rows: list[dict]) -> None:
    """Look on two cores, of which one is taken away in the middle."""
    finding.WORTH_A_PROCESS = 10
    finding.look = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    finding.find([plain(row) for row in rows], cores=2)
