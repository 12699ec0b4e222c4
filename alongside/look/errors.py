"""What a page says when something did not work: what happened, what was kept, what to do next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Words:
    """One error page. `again` offers to try the same address once more."""

    title: str
    happened: str
    kept: str
    next: str
    number: str
    again: bool = False


def words_for(status: int) -> Words:
    """Return the words for an HTTP `status`, in the reader's language."""
    return {
        400: _not_understood,
        403: _not_for_you,
        404: _not_here,
        503: _not_now,
    }.get(status, _our_fault)()


def form_too_old() -> Words:
    """Return the words for a form whose protection against forged requests has run out."""
    return Words(
        _("This page was open for too long"),
        _("To keep others from acting in your name, a form is good for a while only, and this one is past that."),
        _("Nothing was changed. Drafts of letters were kept as you typed them."),
        _("Go back, load the page again, and send it once more."),
        _("Number %(number)s, if you tell someone about it.") % {"number": 403},
    )


def _number(status: int) -> str:
    return _("Number %(number)s, if you tell someone about it.") % {"number": status}


def _not_understood() -> Words:
    return Words(
        _("We could not read that"),
        _("Something in the address or in what was sent is not as we expect it."),
        _("Nothing was changed."),
        _("Go back and try it from the page itself. If it came from a link, the link may be cut off."),
        _number(400),
    )


def _not_for_you() -> Words:
    return Words(
        _("This page is not open to you"),
        _("You are signed in, but what you asked for belongs to another role in the house."),
        _("Nothing was changed."),
        _("An admin or the owner can open it for you, or do it for you."),
        _number(403),
    )


def _not_here() -> Words:
    return Words(
        _("We looked, and it is not here"),
        _("The address may be mistyped, the thing may have been moved or erased, or it is not yours to see."),
        _("Nothing was changed."),
        _("Find it by a name or a few words, or start from the first page."),
        _number(404),
    )


def _our_fault() -> Words:
    return Words(
        _("That was our fault"),
        _("Something in the house broke while it answered you."),
        _("What had been sent or saved before is safe. What you did just now may not be saved; your drafts are."),
        _("Try again. If it happens twice, tell whoever runs Alongside here; the details are in its log."),
        _number(500),
        again=True,
    )


def _not_now() -> Words:
    return Words(
        _("Back in a moment"),
        _("The house cannot reach its memory just now. It is starting, or its database is away."),
        _("Everything that was sent or saved is safe. Mail that comes in waits outside and is taken in later."),
        _("Wait a minute and try again."),
        _number(503),
        again=True,
    )
