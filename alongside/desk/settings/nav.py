"""The desk's own pages in the list of settings; rooms below add theirs through the same `add`."""

from django.utils.translation import gettext_lazy as _

from alongside.look.settings_pages import add

__all__ = ["add", "put_up"]


def put_up() -> None:
    """Add members and teams to the list."""
    add(
        _("Members"),
        "settings_members",
        "people",
        order=20,
        shown_to=lambda request: request.principal.is_at_least("admin"),
    )
    add(_("Teams"), "settings_teams", "team", order=30, shown_to=lambda request: request.principal.is_at_least("lead"))
