"""What we said we would do, for whom and by when."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Promises(AppConfig):
    """Puts its door on the rail, with the number of what is due now."""

    name = "alongside.promises"
    label = "promises"

    def ready(self):
        """Register with the look."""
        from alongside.look import rail
        from alongside.promises import listing

        rail.add(_("Promises"), "promises:promises", "promise", order=40, shortcut="g o",
                 count=lambda request: listing.tally(request.principal) if request.principal.serves else None)
