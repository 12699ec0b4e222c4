"""A child process does what it is asked within its limits, and a fault in it stays there."""

import threading

import pytest

from alongside.lib import child
from alongside.lib.child import Crashed, Failed, Limits, Pool, TooBig, TooLong

HERE = "alongside.lib.tests.child_cases"


@pytest.fixture
def pool():
    pool = Pool(size=2)
    yield pool
    pool.close()


def test_values_and_bytes_cross_unchanged(pool):
    answer = pool.call(f"{HERE}.echo", b"\x00\xff", "é\u2028", [1, None, {"a": b"raw"}], deep={"x": [b"", 1.5]})
    assert answer == {"args": [b"\x00\xff", "é\u2028", [1, None, {"a": b"raw"}]], "kwargs": {"deep": {"x": [b"", 1.5]}}}


def test_one_child_serves_many_calls(pool):
    assert len({pool.call(f"{HERE}.pid") for _ in range(20)}) == 1


@pytest.mark.parametrize("name", ["burn", "sleep"])
def test_a_call_without_end_is_cut_off_and_the_next_one_works(pool, name):
    with pytest.raises(TooLong):
        pool.call(f"{HERE}.echo", limits=Limits())
        pool.call(f"{HERE}.{name}", limits=Limits(seconds=0.3, wall=0.5))
    assert pool.call(f"{HERE}.echo", 1)["args"] == [1]


def test_cpu_is_limited_though_the_wall_clock_is_not(pool):
    with pytest.raises(TooLong):
        pool.call(f"{HERE}.burn", limits=Limits(seconds=0.2, wall=60))


def test_memory_is_limited(pool):
    with pytest.raises((TooBig, Crashed)):
        pool.call(f"{HERE}.swallow", 2000, limits=Limits(memory=400 * child.MEGABYTE))
    assert pool.call(f"{HERE}.swallow", 1, limits=Limits(memory=400 * child.MEGABYTE)) == child.MEGABYTE


def test_input_and_output_are_limited(pool):
    with pytest.raises(TooBig):
        pool.call(f"{HERE}.echo", b"x" * 5000, limits=Limits(input=4000))
    with pytest.raises(TooBig):
        pool.call(f"{HERE}.much", 5000, limits=Limits(output=4000))
    assert len(pool.call(f"{HERE}.much", 5_000_000)) == 5_000_000


def test_a_crash_is_told_and_survived(pool):
    with pytest.raises(Crashed):
        pool.call(f"{HERE}.die")
    assert pool.call(f"{HERE}.echo", 1)["args"] == [1]


def test_an_exception_keeps_its_name_and_the_child(pool):
    before = pool.call(f"{HERE}.pid")
    with pytest.raises(Failed) as raised:
        pool.call(f"{HERE}.fail")
    assert raised.value.kind == "KeyError"
    assert pool.call(f"{HERE}.pid") == before


def test_printing_does_not_disturb_the_conversation(pool):
    assert pool.call(f"{HERE}.chatter") == ""


def test_the_child_knows_no_secret_and_no_django(pool, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    names, django = pool.call(f"{HERE}.environment")
    assert "DATABASE_URL" not in names
    assert not django


def test_a_child_killed_from_outside_is_replaced(pool):
    pool.call(f"{HERE}.pid")
    pool._idle[0].process.kill()
    pool._idle[0].process.wait()
    assert pool.call(f"{HERE}.echo", 1)["args"] == [1]


def test_idle_children_are_stopped():
    pool = Pool(size=1, idle_seconds=0.05)
    pool.call(f"{HERE}.pid")
    process = pool._idle[0].process
    process.wait(10)
    assert process.returncode is not None


def test_calls_from_many_threads_share_the_pool(pool):
    pids = []
    threads = [threading.Thread(target=lambda: pids.append(pool.call(f"{HERE}.pid"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 8
    assert 1 <= len(set(pids)) <= 2
