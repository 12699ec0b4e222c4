"""What they wrote, below our answer: made when a letter leaves, and never a part of what a member wrote."""

from babel.dates import format_date, format_time
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from alongside.conversations.models import MESSAGE, RECEIVED, Message
from alongside.look.times import reader_locale
from alongside.members.models import Organisation
from alongside.members.zones import language_of, zone_of

MOST_CHARACTERS = 4000
MOST_LINES = 80
LEFT_OUT = "[…]"


def quoted(message: Message) -> tuple[str, str] | None:
    """(the line that introduces it, the words) of what `message` answers; None where nothing is quoted.

    Only what came from outside and was let in, and only to whoever wrote it: a letter that is passed on to others
    carries what its writer put into it and no more. Notes are never looked at.
    """
    if not message.conversation.inbox.quotes:
        return None
    answered = _answered(message)
    if answered is None or not answered.text.strip() or not _goes_to_its_writer(message, answered):
        return None
    return _introduced(answered, message), _capped(answered.text.strip())


def _answered(message: Message) -> Message | None:
    """The newest letter from outside that its writer had before their eyes."""
    seen = message.seen_id if message.seen_id is not None else message.pk
    said = Message.objects.of(message.conversation.standing()).filter(
        kind=MESSAGE, state=RECEIVED, held=False, automatic=False, id__lte=seen)  # fmt: skip
    return said.select_related("author").prefetch_related("recipients").last()


def _goes_to_its_writer(message: Message, answered: Message) -> bool:
    writers = {one.address.casefold() for one in answered.recipients.all() if one.role in ("from", "reply-to")}
    return any(one.address.casefold() in writers for one in message.recipients.all() if one.role in ("to", "cc"))


def _introduced(answered: Message, message: Message) -> str:
    """“On 4 March 2025 at 8:19, Ryan Kessler wrote:”, in the reader's language and by the reader's clock."""
    person, house = message.conversation.person, Organisation.ours()
    language = language_of(person.language, house.language) or settings.LANGUAGE_CODE
    with translation.override(language):
        at, locale = timezone.localtime(answered.at, zone_of(person.zone, house.zone)), reader_locale()
        return _("On %(date)s at %(time)s, %(name)s wrote:") % {
            "date": format_date(at, "long", locale=locale), "time": format_time(at, "short", locale=locale),
            "name": _name(answered),
        }  # fmt: skip


def _name(answered: Message) -> str:
    """As they call themselves; how we call them among ourselves is nobody else's business."""
    sender = next((one for one in answered.recipients.all() if one.role == "from"), None)
    name = (sender.name or sender.address) if sender else answered.author.full_name if answered.author else ""
    return " ".join(name.split())[:80] or "?"


def _capped(text: str) -> str:
    """The beginning, in whole lines, where it is long."""
    lines, length = [], 0
    for line in text.split("\n"):
        length += len(line) + 1
        if len(lines) >= MOST_LINES or length > MOST_CHARACTERS:
            rest = line[: max(0, MOST_CHARACTERS - length + len(line))] if not lines else ""
            return "\n".join([*lines, *([rest] if rest else []), LEFT_OUT])
        lines.append(line)
    return "\n".join(lines)
