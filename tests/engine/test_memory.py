"""How much memory the embedded database may keep its pages in."""

import pytest

from alongside.lib.engine.memory import MB, buffers, memory

GB = 1024 * MB


@pytest.mark.parametrize(("there", "kept"), [(GB // 2, 96), (2 * GB, 128), (8 * GB, 512), (64 * GB, 1024)])
def test_pages_are_kept_in_a_sixteenth_within_bounds(there, kept):
    assert buffers(there) == kept


def test_a_container_has_what_it_was_given(tmp_path):
    limit = tmp_path / "memory.max"
    limit.write_text(f"{256 * MB}\n")
    assert memory(limit) == 256 * MB
    limit.write_text("max\n")
    assert memory(limit) == memory(tmp_path / "missing") > 256 * MB
