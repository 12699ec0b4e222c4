"""What an API key may do, as admins choose it and the API asks for it."""

from django.utils.translation import gettext_lazy as _

SCOPES = {
    "people:read": _("Read people and their timelines"),
    "people:write": _("Write down and change people"),
    "conversations:read": _("Read conversations and their messages"),
    "conversations:write": _("Open, assign and close conversations"),
    "messages:write": _("Write messages and notes"),
    "booths:read": _("Read booths and what lies in them"),
    "booths:write": _("Open booths, make links to them, and write on them"),
    "notes:read": _("Read notes among colleagues"),
}
