"""The typefaces that a record is set in: the house's own, and for every script that it does not have, another.

They come with the installation, so that a record looks the same on every machine and no letter is left out. Where each
is from and what it weighs is told in docs/dependencies.md.
"""

from pathlib import Path

import manimgx_fonts
import paperang_p2_fonts_cjk

from alongside.lib.home import CHECKOUT

OWN = CHECKOUT / "alongside" / "look" / "static" / "look" / "built" / "paper"  # the front end's build lays them there


def folders() -> list[str]:
    """Where they lie."""
    others = [Path(package.__file__).parent for package in (manimgx_fonts, paperang_p2_fonts_cjk)]
    return [str(folder) for folder in (OWN, *others)]
