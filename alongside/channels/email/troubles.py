"""Mail that stands still: owners and admins are told once for each trouble, and everyone it concerns reads why."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from alongside.channels.email.models import Mailbox
from alongside.conversations.models import Inbox
from alongside.events.models import record
from alongside.lib.tallies import Tally
from alongside.look.rail import Notice
from alongside.look.times import exact_words
from alongside.members.models import Member

PATIENCE = timedelta(minutes=5)  # a server that is away for less than this is no news


def standing_still(now: datetime | None = None):
    """The mailboxes that have been in trouble for longer than that."""
    since = (now or timezone.now()) - PATIENCE
    return Mailbox.objects.filter(state=Mailbox.FAILING, troubled_since__lte=since)


def tell_due(now: datetime | None = None) -> int:
    """Record `email.mailbox_stands_still` for each trouble of which nobody has heard. Returns how many those were."""
    with transaction.atomic():
        due = standing_still(now).filter(trouble_told_at=None).select_for_update(skip_locked=True)
        boxes = list(due)
        for box in boxes:
            box.trouble_told_at = now or timezone.now()
            box.save(update_fields=["trouble_told_at"])
            record("email.mailbox_stands_still", data={"mailbox": box.id, "inbox": box.inbox_id})
    return len(boxes)


def tally(request) -> Tally | None:
    """How many of those that concern the reader stand still, to be counted with other numbers."""
    if not request.principal.serves:
        return None
    return Tally.rows(_concerning(request), 1)


def notices(request) -> list[Notice]:
    """A line for each of them: what is wrong and where to mend it for admins, who knows of it for the others."""
    boxes = list(_concerning(request))
    if request.principal.is_at_least("admin"):
        return [Notice(_what(box), reverse("settings_mailbox", args=[box.pk]), _("Mend it")) for box in boxes]
    owner = Member.objects.filter(role="owner", is_active=True).select_related("person").order_by("id").first()
    halts = [bool(box.trouble_in) for box in boxes]
    words = []
    if any(halts):
        words.append(_("Mail is not coming in just now; %(name)s (owner) knows."))
    if not all(halts):
        words.append(_("Letters are not leaving just now; %(name)s (owner) knows."))
    return [Notice(sentence % {"name": owner.name if owner else "?"}) for sentence in words]


def _concerning(request):
    return standing_still().filter(inbox__in=Inbox.objects.visible_to(request.principal).values("id"))


def _what(box: Mailbox) -> str:
    """What is wrong with it, in a line for whoever can mend it."""
    told = {"address": box.address, "time": exact_words(box.troubled_since),
            "trouble": Truncator(box.trouble_in or box.trouble_out).chars(200)}  # fmt: skip
    if box.trouble_in:
        return _("Mail to %(address)s has not come in since %(time)s: %(trouble)s") % told
    return _("Letters from %(address)s have not left since %(time)s: %(trouble)s") % told
