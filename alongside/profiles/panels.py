"""What the card of a person shows of their profile: what we know with how we know it, and one thing to find out."""

from alongside.lib.principal import Principal
from alongside.people.models import Person
from alongside.people.panels import Panel, shows
from alongside.profiles.finding_out import LOOKED_AT, next_finding
from alongside.profiles.knowing import Known, sheets
from alongside.profiles.models import Product

MOST = 6


@shows(order=15)
def what_we_know(person: Person, principal: Principal) -> Panel | None:
    """The answers that stand first, guesses shown as guesses, and what they make; members only."""
    return Panel("profiles/panel.html", contents(person, principal)) if principal.serves else None


def contents(person: Person, principal: Principal) -> dict:
    """What the panel needs: what is known, what is not on it, what they make, and the question to ask."""
    products = list(Product.objects.of(person).standing().select_related("maker")[:LOOKED_AT])
    read = sheets(person, *products)
    found = [known for sheet in read if sheet.subject == person for known in sheet.known if known.first]
    found.sort(key=_weight)
    return {"person": person, "known": found[:MOST], "more": max(0, len(found) - MOST), "products": products[:MOST],
            "more_products": len(products) > MOST, "finding": next_finding(person, principal, read)}


def _weight(known: Known) -> tuple:
    """Sensitive ones last, for a card lies open; else as the sets have them."""
    return (known.question.sensitive,)
