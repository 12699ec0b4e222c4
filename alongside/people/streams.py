"""Who may listen to a person's topic: members, who see everyone, and the person themself; and to that of duplicates."""

from alongside.lib.principal import Principal
from alongside.live.models import allow
from alongside.people.models import Person


def may_hear_person(principal: Principal, id: str) -> bool:
    """Whoever may see that person's page."""
    if not (id.isascii() and id.isdecimal() and len(id) < 19):
        return False
    return Person.objects.visible_to(principal).filter(pk=int(id)).exists()


def may_hear_duplicates(principal: Principal, id: str) -> bool:
    """There is one list of whoever is written down twice, and every member may see all of it."""
    return id == "all" and principal.serves


allow("person", may_hear_person)
allow("duplicates", may_hear_duplicates)
