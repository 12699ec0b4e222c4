"""Who may listen to a person's topic: members, who see everyone, and the person themself."""

from alongside.lib.principal import Principal
from alongside.live.models import allow
from alongside.people.models import Person


def may_hear_person(principal: Principal, id: str) -> bool:
    """Whoever may see that person's page."""
    if not (id.isascii() and id.isdecimal() and len(id) < 19):
        return False
    return Person.objects.visible_to(principal).filter(pk=int(id)).exists()


allow("person", may_hear_person)
