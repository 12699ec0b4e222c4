"""The files that take longest are begun first, so that no worker is still busy with one when the others are done.

The rest keep their order. Seconds in comments: on two cores, three workers.
"""

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LONGEST = (
    "tests/house/test_principals.py",  # 110
    "tests/engine/test_backups.py",  # 42
    "tests/engine/test_serving.py",  # 29
    "alongside/booths/syncing/tests/test_syncing_hostile.py",  # 26
    "alongside/api/tests/test_description.py",  # 25
    "alongside/booths/syncing/tests/test_replay.py",  # 25
    "tests/house/test_principals_api.py",  # 21
    "tests/engine/test_starting.py",  # 16
    "alongside/people/tests/test_meeting.py",  # 15
    "alongside/people/tests/test_recognising.py",  # 14
    "alongside/demo/tests/test_demo.py",  # 14
    "tests/engine/test_commands.py",  # 14
    "tests/benching/test_booth.py",  # 13
    "alongside/channels/email/tests/test_imap_readers.py",  # 12
    "alongside/booths/syncing/tests/test_syncing_faults.py",  # 12
    "alongside/people/tests/test_duplicates.py",  # 12
    "tests/engine/test_upgrading.py",  # 12
    "tests/engine/test_crashes.py",  # 12
    # Elsewhere they would come last of all, as those that empty the tables do, and one worker would be left with them.
    "alongside/lib/tests/test_process.py",  # 11
    "alongside/booths/syncing/tests/test_erasing.py",  # 10
    "alongside/booths/syncing/tests/test_syncing_seats.py",
    "alongside/booths/syncing/tests/test_syncing_presence.py",
    "alongside/live/tests/test_stream.py",
    "alongside/lib/tests/test_patience.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Put the tests of the longest files in front."""
    gone = [name for name in LONGEST if not (CHECKOUT / name).exists()]
    if gone:
        raise pytest.UsageError(f"{Path(__file__).name} names files that are not there: {', '.join(gone)}")
    place = {CHECKOUT / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))
