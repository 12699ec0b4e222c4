"""What booths know of where promises were made: at a page that both had before them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.booths.models import Step
from alongside.promises import origins
from alongside.promises.origins import Origin, Origins


class FromBooths(Origins):
    """Promises that a step of ours became."""

    def tell(self, promises, principal):
        """By promise the page, in one query."""
        steps = Step.objects.filter(promise__in=[promise.id for promise in promises]).select_related("booth")
        return {step.promise_id: Origin(_words(step.booth), _way(step.booth, principal)) for step in steps}


def _words(booth) -> str:
    goal = " ".join(booth.goal.split())[:80]
    return _("On a page that we shared: %(goal)s") % {"goal": goal} if goal else _("On a page that we shared")


def _way(booth, principal) -> str:
    return reverse("booths:booth", args=[booth.code]) if principal and principal.serves else ""


origins.register(FromBooths())
