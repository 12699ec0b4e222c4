"""What the card and the counter ask of somebody who may be written down twice, once a member said: ask them."""

from django.db.models import Q

from alongside.lib.principal import Principal
from alongside.people.models import Person, Suggestion
from alongside.people.models.suggestion import TO_ASK
from alongside.people.panels import Panel, shows


@shows(order=14)
def to_ask(person: Person, principal: Principal) -> Panel | None:
    """Who else they may be; members only."""
    found = Suggestion.objects.visible_to(principal).open().filter(
        Q(one=person.pk) | Q(other=person.pk), decision=TO_ASK).order_by("-score", "id")
    asked = [(each, each.other if each.one_id == person.pk else each.one) for each in
             found.select_related("one", "other").prefetch_related("one__identities", "other__identities")]
    return Panel("people/_to_ask.html", {"person": person, "asked": asked}) if asked else None
