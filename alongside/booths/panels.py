"""What the card of a person shows of booths: those in which work goes on, and opening one."""

from alongside.booths import listing
from alongside.booths.models import Booth
from alongside.booths.models.booth import ENDED
from alongside.people.panels import Panel, shows

MOST = 4


@shows(order=30)
def booths(person, principal) -> Panel | None:
    """Open booths with this person, the latest touched first, for members."""
    if not principal.serves:
        return None
    ended = Booth.objects.visible_to(principal).filter(state=ENDED).of(person).exists()
    return Panel("booths/panel.html", {"lines": listing.open_with(person, principal, MOST), "ended": ended})
