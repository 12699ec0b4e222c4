"""Where the public mail cases lie; tests that need them skip loudly where they are absent."""

import json
from pathlib import Path

import pytest

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"
needs_cases = pytest.mark.skipif(
    not CASES.is_dir(), reason=f"only where the public cases lie ({CASES}); nothing was compared with them"
)


def mails(*folder: str) -> list[Path]:
    """The `.eml` files of a folder of cases, in order; none where the cases are absent."""
    return sorted(CASES.joinpath(*folder).glob("*.eml"))


def values(*name: str):
    """The contents of a JSON file of cases."""
    return json.loads(CASES.joinpath(*name).read_text("utf-8"))
