"""Usual names of Hebrew and Arabic writing: in Latin letters as they are known best, then as they are written there.

Their other Latin forms are those of `nicknames`. Arabic stands with bare letters: as `unvowelled` compares it.
"""

from pathlib import Path

HEBREW = Path(__file__).with_name("hebrew_names.txt").read_text(encoding="utf-8")
ARABIC = Path(__file__).with_name("arabic_names.txt").read_text(encoding="utf-8")
