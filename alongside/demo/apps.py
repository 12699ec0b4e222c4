"""The small world from the essays, to try everything in; removed with one click."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Demo(AppConfig):
    name = "alongside.demo"
    label = "demo"

    def ready(self):
        """Put the post office on the rail and the demo among the settings, while there is one."""
        from alongside.demo.filling import inboxes
        from alongside.lib.tallies import Tally
        from alongside.look import rail, settings_pages

        rail.add(
            _("Post office"),
            "demo:post_office",
            "post",
            order=70,
            wide_only=True,
            shortcut="g w",
            only_with_some=True,
            count=lambda request: Tally.rows(inboxes(), 1),
        )
        settings_pages.add(_("The demo"), "demo:about", "out", group="house", order=90, shown_to=for_its_keeper)


def for_its_keeper(request) -> bool:
    """Owners and admins may take the demo away, while it is here."""
    from alongside.demo.filling import is_filled

    return request.principal.is_at_least("admin") and is_filled()
