"""How much memory there is, and how much of it the database may keep its pages in."""

import os
from pathlib import Path

LIMIT = Path("/sys/fs/cgroup/memory.max")  # a container's own limit (cgroup v2); "max" where there is none
MB = 1 << 20
SHARE, LEAST, MOST = 16, 96, 1024  # the part of all memory that is ours; in MB


def memory(limit: Path = LIMIT) -> int:
    """The bytes of memory that this machine, or this container, has."""
    all_of_it = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(all_of_it, int(limit.read_text()))
    except (OSError, ValueError):
        return all_of_it


def buffers(memory: int) -> int:
    """The megabytes that the database keeps pages in.

    Modest, for a machine that does other work too; the system takes a page for it only once it is used. A house of many
    people is quick only while the index that recognises them stays in it.
    """
    return min(MOST, max(LEAST, memory // SHARE // MB))
