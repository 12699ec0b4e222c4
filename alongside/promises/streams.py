"""Who may listen to the list of promises: members."""

from alongside.lib.principal import Principal
from alongside.live.models import allow


def may_hear_promises(principal: Principal, id: str) -> bool:
    """There is one list, and every member may see all of it."""
    return id == "all" and principal.serves


allow("promises", may_hear_promises)
