"""Who may listen to a booth: members, and the guests who sit in it; and to the list of all: members."""

import re

from alongside.booths.models import Booth
from alongside.lib.principal import Principal
from alongside.live.models import allow

CODE = re.compile(r"[A-Za-z0-9_-]{1,24}")


def may_hear_booth(principal: Principal, id: str) -> bool:
    """Members, and the guests of this one; a person's own page listens to `person`."""
    if not CODE.fullmatch(id) or not (principal.serves or principal.kind == "guest"):
        return False
    return Booth.objects.visible_to(principal).filter(code=id).exists()


def may_hear_booths(principal: Principal, id: str) -> bool:
    """There is one list, and every member may see all of it."""
    return id == "all" and principal.serves


allow("booth", may_hear_booth)
allow("booths", may_hear_booths)
