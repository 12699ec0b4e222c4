"""What the card of a person shows of promises: what is open, what was settled a moment ago, and making one."""

from alongside.people.panels import Panel, shows
from alongside.promises import listing
from alongside.promises.forms import PromiseForm

MOST = 8


@shows(order=10)
def promises(person, principal) -> Panel | None:
    """Open promises to this person, the most pressing first, for members."""
    if not principal.serves:
        return None
    found, settled = listing.of_person(person, principal)
    return Panel("promises/panel.html", {
        "lines": found[:MOST], "more": len(found) > MOST, "settled": settled,
        "form": PromiseForm(initial={"owner": principal.member_id}, auto_id="promise_%s"),
    })
