"""What other rooms use of this one: `changed`, presence, and who may listen."""

from alongside.live.models.hints import changed, mark
from alongside.live.models.presence import Presence, arrive, here, leave, sweep
from alongside.live.models.topics import allow, allowed

__all__ = ["Presence", "allow", "allowed", "arrive", "changed", "here", "leave", "mark", "sweep"]
