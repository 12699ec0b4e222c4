"""What members are told of, as they read it where they say which of it they wish for."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "assigned": _("A conversation was given to me"),
    "mentioned": _("A colleague asked me by name"),
    "answered": _("Someone wrote in a conversation of mine"),
    "arrived": _("A new conversation reached my team"),
    "failed": _("A message of mine did not arrive"),
    "unknown": _("Nobody knows whether a message of mine arrived"),
    "stopped": _("A message of mine was held back, because somebody wrote before it left"),
    "woken": _("A snoozed conversation of mine woke"),
    "knocked": _("Somebody came to a page that I share with them"),
    "trouble": _("Mail of the house stands still"),
    "mended": _("Mail of the house works again"),
}
