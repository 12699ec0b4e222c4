"""How a profile grows on a person's timeline: what we learned, what was confirmed, and what they make."""

from django.utils.translation import gettext as _

from alongside.lib.principal import Principal
from alongside.people.timeline import Entry, draws
from alongside.profiles.models import Answer, Product


@draws("profiles.answered", "profiles.answer_confirmed")
def draw_answers(events, principal: Principal) -> dict[int, Entry]:
    """What was learned: context `answer`, `confirmed`, `provenance` as it was then, `by`.

    What was taken back is left out.
    """
    seen = Answer.objects.visible_to(principal).filter(withdrawn_at=None).select_related("question", "product")
    answers = seen.in_bulk({event.data.get("answer") for event in events} - {None})
    entries = {}
    for event in events:
        answer = answers.get(event.data.get("answer"))
        if answer is None:
            continue
        confirmed = event.kind == "profiles.answer_confirmed"
        entries[event.id] = Entry(
            at=event.at, icon="check" if confirmed else "card",
            label=_("Confirmed") if confirmed else _("Something we know"), template="profiles/timeline_entry.html",
            context={"answer": answer, "confirmed": confirmed,
                     "provenance": event.data.get("provenance", answer.provenance),
                     "by": event.actor})
    return entries


@draws("profiles.product_written_down")
def draw_products(events, principal: Principal) -> dict[int, Entry]:
    """What they make or bring: context `product`. What they withdrew is left out."""
    products = Product.objects.visible_to(principal).in_bulk({event.data["product"] for event in events})
    return {
        event.id: Entry(at=event.at, icon="product", label=_("What they make or bring"),
                        template="profiles/product_entry.html", context={"product": products[event.data["product"]]})
        for event in events if event.data["product"] in products
    }
