"""Who may hear who comes and goes at a place: members."""

from alongside.lib.principal import Principal
from alongside.live.models import allow
from alongside.members.models import Location


def may_hear_counter(principal: Principal, id: str) -> bool:
    """Members, of every place there is; 0 stands for visits without one."""
    if not principal.serves or not (id.isascii() and id.isdecimal() and len(id) < 19):
        return False
    return id == "0" or Location.objects.visible_to(principal).filter(pk=int(id)).exists()


allow("counter", may_hear_counter)
