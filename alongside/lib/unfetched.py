"""Why nothing was fetched: one family of exceptions, each with words for the reader."""

from django.utils.translation import gettext_lazy as _


class CannotFetch(Exception):
    """Nothing was fetched; `words` says why, for the reader."""

    words = _("This could not be fetched.")

    def __str__(self) -> str:
        return str(self.words)


class NotAnAddress(CannotFetch):
    """No http or https address, or one with a name and a password in it."""

    words = _("We cannot use this address. It begins with http:// or https://, names a host, and holds no password.")


class NotThisPort(CannotFetch):
    """A port that nobody allowed."""

    words = _("We do not use the port in this address.")


class NotOutside(CannotFetch):
    """At least one address of the host is not of the public internet."""

    words = _("This address leads into a private network. We do not go there.")


class NobodyThere(CannotFetch):
    """No such host, or nothing that answers."""

    words = _("Nobody answers at this address.")


class NotTrusted(CannotFetch):
    """The certificate is not the host's own."""

    words = _("The server at this address cannot prove that it is the one it says.")


class TooSlow(CannotFetch):
    """It was not done in time."""

    words = _("The server at this address took too long.")


class TooLarge(CannotFetch):
    """More bytes than were asked for."""

    words = _("What lies at this address is too large.")


class LeadsOn(CannotFetch):
    """A redirect, which is never followed."""

    words = _("This address leads on to another one, and we do not follow. Use the address where it ends.")


class NotUnderstood(CannotFetch):
    """No HTTP, a broken body, or one in an encoding that was not asked for."""

    words = _("We do not understand what the server at this address says.")


class Refused(CannotFetch):
    """The server answered, but with an error; `status` is its number."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status
        self.words = _("The server at this address answered with error %(status)s.") % {"status": status}
