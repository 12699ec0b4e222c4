"""Notifications by the clock: by mail what nobody saw, and forgetting what is old."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from alongside.members.models import Member, Organisation
from alongside.notifications.models import Notification
from alongside.notifications.telling import as_told

log = logging.getLogger("alongside.notifications")

UNSEEN_FOR = timedelta(minutes=5)
TOO_OLD = timedelta(days=1)  # what could not be mailed for a day is no longer news
KEPT_FOR = timedelta(days=90)
MOST_IN_ONE = 50


def mail_due(now: datetime | None = None) -> int:
    """Send one letter to each member with something unseen for five minutes. Returns how many letters went.

    A member who turned mail off gets none. When the mail server does not answer, the rest waits for the next round.
    """
    now = now or timezone.now()
    waiting = Notification.objects.filter(
        seen_at=None, mailed_at=None, at__lte=now - UNSEEN_FOR, at__gt=now - TOO_OLD,
        member__notify_mail=True, member__is_active=True,
    )
    sent = 0
    for member in Member.objects.filter(id__in=waiting.values("member_id")).select_related("person").order_by("id"):
        try:
            sent += _mail(member, waiting.filter(member=member), now)
        except (OSError, SMTPException) as away:
            log.warning("Notifications could not be mailed: %s", away)
            break
    return sent


def _mail(member: Member, waiting, now: datetime) -> bool:
    """One letter, marked as mailed in the transaction that holds its rows: a failure leaves them for later."""
    with transaction.atomic():
        held = list(waiting.order_by("id").select_for_update(skip_locked=True, of=("self",))[:MOST_IN_ONE])
        shown = Notification.objects.told_to(member).filter(id__in=[each.id for each in held])
        shown = list(shown.named().order_by("id"))
        Notification.objects.filter(id__in=[each.id for each in held]).update(mailed_at=now)
        if not shown:
            return False
        zone = ZoneInfo(member.zone) if member.zone else None
        language = member.language or Organisation.ours().language or settings.LANGUAGE_CODE
        with translation.override(language), timezone.override(zone):
            subject, text = _letter(member, shown)
            send_mail(subject, text, None, [member.email])
    return True


def _letter(member: Member, shown: list[Notification]) -> tuple[str, str]:
    """Who and what about, with a link; never what a person wrote, for mail is read on the way."""
    lines = [as_told(each) for each in shown]
    if len(lines) == 1:
        subject = lines[0].text
    else:
        subject = ngettext("%(n)d thing waits for you", "%(n)d things wait for you", len(lines)) % {"n": len(lines)}
    parts = [f"{told.text}\n{settings.PUBLIC_URL}{told.href}" for told in lines]
    url = settings.PUBLIC_URL + reverse("settings_notifications")
    parts.append(_("You can turn these letters off in your settings: %(url)s") % {"url": url})
    return " ".join(subject.split()), "\n\n".join(parts) + "\n"


def forget_old(now: datetime | None = None) -> int:
    """Delete what is older than ninety days. Returns how many."""
    return Notification.objects.filter(at__lt=(now or timezone.now()) - KEPT_FOR).delete()[0]


@app.periodic(cron="* * * * *")
@app.task(name="notifications.mail", queueing_lock="notifications.mail")
def mail(timestamp: int) -> None:
    """Every minute: mail what nobody saw."""
    mail_due()


@app.periodic(cron="17 3 * * *")
@app.task(name="notifications.forget", queueing_lock="notifications.forget")
def forget(timestamp: int) -> None:
    """Every night: forget what is old."""
    forget_old()
