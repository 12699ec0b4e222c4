"""What an answer may be, by the kind of its question: checked when it is given, put in words when it is shown."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.look.times import reader_locale
from alongside.profiles.models.question import CHOICE, DATE, MANY, NUMBER, YES_NO, Question

YES, NO = "yes", "no"
MOST_LETTERS = 20_000


class NotAnAnswer(ValueError):
    """The question does not take this; the text says why, for whoever typed it."""


def checked(question: Question, given: str | list[str]) -> str:
    """`given` as it is kept. Raises NotAnAnswer."""
    parts = [given] if isinstance(given, str) else list(given)
    parts = [part.replace("\0", "").strip() for part in parts]
    parts = [part for part in parts if part]
    if not parts:
        raise NotAnAnswer(_("There is no answer yet."))
    if question.kind == MANY:
        return "\n".join(_chosen(question, part) for part in dict.fromkeys(parts))
    return _CHECKS.get(question.kind, _words)(question, parts[0])


def shown(question: Question, value: str) -> str:
    """`value` in the reader's words."""
    if question.kind == MANY:
        return ", ".join(value.splitlines())
    if question.kind == YES_NO and value in (YES, NO):
        return _("Yes") if value == YES else _("No")
    try:
        if question.kind == DATE:
            return format_date(date.fromisoformat(value), "long", locale=reader_locale())
        if question.kind == NUMBER:
            return format_decimal(Decimal(value), locale=reader_locale())
    except (ValueError, InvalidOperation):
        pass  # the question took words when this was answered
    return value


def age(moment: datetime) -> str:
    """How long ago that was, in the reader's words ("2 years ago"); empty for less than a month."""
    passed = timezone.now() - moment
    return format_timedelta(-passed, add_direction=True, locale=reader_locale()) if passed.days >= 30 else ""


def _words(question: Question, given: str) -> str:
    if len(given) > MOST_LETTERS:
        raise NotAnAnswer(_("This is longer than an answer may be: %(most)d letters.") % {"most": MOST_LETTERS})
    return given


def _chosen(question: Question, given: str) -> str:
    if given not in question.choices:
        raise NotAnAnswer(_("“%(given)s” is not among the answers to choose from.") % {"given": given[:80]})
    return given


def _number(question: Question, given: str) -> str:
    plain = given.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation as wrong:
        raise NotAnAnswer(_("“%(given)s” is not a number.") % {"given": given[:80]}) from wrong
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15 or len(plain) > 30:
        raise NotAnAnswer(_("“%(given)s” is not a number.") % {"given": given[:80]})
    return f"{number.normalize():f}"


def _day(question: Question, given: str) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as wrong:
        raise NotAnAnswer(_("Write the day like 2026-02-14.")) from wrong


def _yes_or_no(question: Question, given: str) -> str:
    if given not in (YES, NO):
        raise NotAnAnswer(_("Yes or no?"))
    return given


_CHECKS = {CHOICE: _chosen, NUMBER: _number, DATE: _day, YES_NO: _yes_or_no}
