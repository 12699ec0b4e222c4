"""The content policy, held at the source: no style, script or handler in any template of the house."""

import re
from pathlib import Path

import pytest

import alongside

ROOT = Path(alongside.__file__).parent
TEMPLATES = sorted(
    path
    for pattern in ("**/templates/**/*.html", "**/dj/**/*.html")
    for path in ROOT.glob(pattern)
    if "node_modules" not in path.parts
)
HANDLER = re.compile(r"""<[a-z][^>]*\son[a-z]+\s*=""", re.IGNORECASE)
STYLE = re.compile(r"""<[a-z][^>]*\sstyle\s*=|<style\b(?![^>]*\bnonce=)""", re.IGNORECASE)
SCRIPT = re.compile(r"""<script\b(?![^>]*\bsrc=)""", re.IGNORECASE)
# Not pages of ours: documents in a sealed frame with a policy of their own, and mail, which reads nothing else
LETTERS = re.compile(r"/conversations/body\.html$|/(mail|letters?)/|\.mail\.html$")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_no_inline_style_script_or_handler(path):
    html = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    assert not HANDLER.search(html), HANDLER.search(html)
    assert not SCRIPT.search(html), SCRIPT.search(html)
    if not LETTERS.search(str(path)):
        assert not STYLE.search(html), STYLE.search(html)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_trusts_no_data(path):
    assert not re.search(r"\|\s*safe\b|autoescape\s+(false|off)", path.read_text())


def test_the_walk_finds_the_templates():
    assert ROOT / "look/templates/look/base.html" in TEMPLATES
