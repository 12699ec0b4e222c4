"""A bucket is emptied at once or by and by, and fills again; everyone has their own."""

import pytest

from alongside.lib.buckets import MOST_KEPT, Buckets, Empty


def test_so_many_at_once_and_then_as_they_come_again():
    buckets = Buckets(per_minute=30, burst=3)
    assert [buckets.take("a", now=100) for _each in range(3)] == [2, 1, 0]
    with pytest.raises(Empty) as empty:
        buckets.take("a", now=100)
    assert empty.value.wait == 3
    assert buckets.take("b", now=100) == 2
    assert buckets.take("a", now=102) == 0
    assert buckets.take("a", now=1000) == 2


def test_no_more_are_kept_than_fit():
    buckets = Buckets(per_minute=1, burst=1)
    for key in range(MOST_KEPT + 2):
        buckets.take(key, now=0)
    assert len(buckets._kept) <= MOST_KEPT
