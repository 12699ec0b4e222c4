"""Coming in by a link: what the doorstep says of it, why it does not open, and sitting down."""

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.booths.models import BoothLink, Participant
from alongside.booths.models.link import PURPOSE
from alongside.keys.models import Key, digest_of

UNKNOWN, TAKEN_BACK, OVER, USED_UP, FULL = "unknown", "taken_back", "over", "used_up", "full"
MOST_GUESTS = 100  # who sit in one booth at a time


class Closed(Exception):
    """The link lets nobody in (any more); `why` is one of the words above."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why

    @property
    def words(self) -> str:
        """What to say to whoever stands before it, in the language that is active."""
        return {
            UNKNOWN: _("This link opens nothing. Perhaps a part of it was lost on its way: open it once more from "
                       "where you got it."),
            TAKEN_BACK: _("This link was taken back. Ask whoever gave it to you for a fresh one."),
            OVER: _("This link’s time is over. Ask whoever gave it to you for a fresh one."),
            USED_UP: _("This link has let in as many as it was for. Ask whoever gave it to you for a fresh one."),
            FULL: _("There is no seat left just now. Ask whoever gave you the link."),
        }[self.why]


def look(token: str | None) -> BoothLink:
    """The link that this token would let somebody in by. Looking spends nothing. Raises Closed."""
    key = Key.objects.filter(purpose=PURPOSE, digest=digest_of(token)).first() if token else None
    links = BoothLink.objects.select_related("booth__opened_by", "key__issued_by")
    link = key and links.filter(key=key).first()
    if not link:
        raise Closed(UNKNOWN)
    if key.revoked_at:
        raise Closed(TAKEN_BACK)
    if key.is_past:
        raise Closed(OVER)
    if key.uses_left == 0:
        raise Closed(USED_UP)
    return link


def come_in(token: str | None, name: str) -> tuple[Participant, str]:
    """Let a guest in, who says how they like to be called; returns them and the token of their session.

    Raises Closed, and ValueError without a name; then nothing is spent.
    """
    with transaction.atomic():
        link = look(token)
        link.booth.hold()
        if link.booth.participants.seated().filter(is_guest=True).count() >= MOST_GUESTS:
            raise Closed(FULL)
        if Key.objects.spend(token, PURPOSE) is None:  # somebody else was let in between
            look(token)
            raise Closed(USED_UP)
        return Participant.join(link, name)
