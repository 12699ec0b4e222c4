"""What a page sends as JSON: each field of the kind it should be, and none that is not known."""

import json
from contextlib import suppress
from datetime import date, datetime

from django import forms
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.booths.models.ending import ANSWERS
from alongside.booths.models.ending import MOST_WORDS as MOST_ENDING
from alongside.booths.models.line import MOST_LETTERS
from alongside.booths.models.link import EDIT, ROLES
from alongside.booths.models.participant import LONGEST_NAME
from alongside.booths.models.step import MOST_STEPS, MOST_WORDS, WHOSE
from alongside.booths.models.update import KEPT, RETURNED
from alongside.booths.models.update import LONGEST_NAME as LONGEST_VERSION_NAME
from alongside.promises.times import end_of

BIGGEST = 2**63 - 1
YEARS = range(1970, 2200)
MOST_HOURS = 366 * 24


class Nonsense(ValueError):
    """What was sent cannot be meant; its words say why, to whoever sent it. `fields` has them by field."""

    def __init__(self, words: str, fields: dict[str, str] | None = None):
        super().__init__(words)
        self.fields = fields or {}


class Told(dict):
    """What was sent, as it may be used: every field that there is, by its name."""

    def __init__(self, form: forms.Form):
        super().__init__(form.cleaned_data)
        self._said = set(form.data)

    def says(self, name: str) -> bool:
        """Whether the field was sent at all."""
        return name in self._said

    @property
    def due(self) -> tuple[datetime | None, bool]:
        """The moment, and whether the whole day is meant, as far as it was said."""
        due_at, whole_day = self["due_at"]
        return due_at, whole_day if self["whole_day"] is None else self["whole_day"]


def given_by(request) -> dict:
    """The object in the body of a request. Raises Nonsense for a body that is none."""
    with suppress(ValueError, RecursionError, RawPostDataException):  # the last: a form, which was read as one before
        given = json.loads(request.body or b"{}")
        json.dumps(given, ensure_ascii=False).encode()  # half a pair of code units is no letter
        if isinstance(given, dict):
            return given
    raise Nonsense(_("What was sent is not readable. Load the page again and try once more."))


class Text(forms.CharField):
    """Words, as text and nothing else."""

    def to_python(self, value):
        """Raises ValidationError for a number, a list or the like."""
        if value is not None and not isinstance(value, str):
            raise forms.ValidationError(_("Words are expected here."))
        return super().to_python(value)


class Number(forms.IntegerField):
    """A whole number, as a number."""

    def __init__(self, **options):
        super().__init__(**{"min_value": 1, "max_value": BIGGEST, **options})

    def to_python(self, value):
        """Raises ValidationError for anything else."""
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise forms.ValidationError(_("A number is expected here."))
        return value


class Flag(forms.Field):
    """Yes or no; None where nothing was said."""

    def to_python(self, value):
        """Raises ValidationError for anything else."""
        if value is not None and not isinstance(value, bool):
            raise forms.ValidationError(_("Yes or no is expected here."))
        return value

    def validate(self, value):
        """No is an answer."""
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"])


class Choice(Text):
    """One of a few words."""

    def __init__(self, choices, **options):
        self.choices = choices
        super().__init__(**options)

    def validate(self, value):
        """Raises ValidationError for another word."""
        super().validate(value)
        if value and value not in self.choices:
            raise forms.ValidationError(_("One of these is expected here: %(words)s.") % {
                "words": ", ".join(self.choices)})


class Due(Text):
    """A moment with its offset ("2026-03-06T07:45:00Z"), a day ("2026-03-06"), or nothing."""

    def clean(self, value):
        """The moment and whether the whole day is meant: (datetime, bool), or (None, True)."""
        text = super().clean(value)
        if not text:
            return None, True
        try:
            moment = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.year not in YEARS or isinstance(moment, datetime) and moment.tzinfo is None:
            raise forms.ValidationError(_("A day is expected here, or a time with its offset."))
        return (moment, False) if isinstance(moment, datetime) else (end_of(moment), True)


class Sent(forms.Form):
    """Fields of a body. `once` is the sender's own key, so that one sent twice is done once."""

    once = Text(max_length=64, required=False)

    @classmethod
    def read(cls, given: dict) -> Told:
        """What `given` says. Raises Nonsense with words that say what is wrong."""
        form = cls(given)
        if unknown := sorted(set(given) - set(form.fields)):
            words = _("There is no field “%(name)s” here.") % {"name": unknown[0][:60]}
            raise Nonsense(words, {name[:60]: words for name in unknown[:20]})
        if not form.is_valid():
            fields = {name: " ".join(words) for name, words in form.errors.items()}
            raise Nonsense(" ".join(dict.fromkeys(fields.values())), fields)
        return Told(form)


class StepSent(Sent):
    """A step to add."""

    words = Text(max_length=MOST_WORDS)
    whose = Choice(WHOSE, required=False)
    due_at = Due(required=False)
    whole_day = Flag(required=False)


class StepChangeSent(Sent):
    """What becomes of a step; what is left out stays."""

    words = Text(max_length=MOST_WORDS, required=False)
    whose = Choice(WHOSE, required=False)
    due_at = Due(required=False)
    whole_day = Flag(required=False)
    after = Number(required=False)
    done = Flag(required=False)
    removed = Flag(required=False)

    def clean(self):
        """Words and a side can be changed, not taken away."""
        for name in ("words", "whose"):
            if name in self.data and not self.cleaned_data.get(name, True):
                self.add_error(name, _("Something has to stand here."))
        return self.cleaned_data


class PromiseSent(Sent):
    """By when a step of ours is promised; left out, as the step says."""

    due_at = Due(required=False)
    whole_day = Flag(required=False)


class RemindSent(Sent):
    """That somebody is to be reminded, or not after all."""

    taken_back = Flag(required=False)


class Promises(forms.Field):
    """Steps that are promised: a list of `{"step": id, "due_at"?, "whole_day"?}`."""

    def to_python(self, value):
        """What each says: [(id, (moment, whether the whole day is meant))]. Raises ValidationError."""
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > MOST_STEPS or not all(isinstance(each, dict) for each in value):
            raise forms.ValidationError(_("A list of steps is expected here."))
        try:
            read = [StepPromiseSent.read(each) for each in value]
        except Nonsense as wrong:
            raise forms.ValidationError(str(wrong)) from None
        return [(told["step"], told.due) for told in read]


class StepPromiseSent(PromiseSent):
    """A step of ours that is promised."""

    step = Number()


class EndSent(Sent):
    """That it ends, and which of our open steps become promises."""

    promises = Promises(required=False)


class VersionSent(Sent):
    """That the page is kept as it is now: under a name, or because an older version is about to come back."""

    name = Text(max_length=LONGEST_VERSION_NAME, required=False)
    why = Choice((KEPT, RETURNED), required=False, empty_value=KEPT)


class LineSent(Sent):
    """A line to say."""

    words = Text(max_length=MOST_LETTERS)


class GoalSent(Sent):
    """The goal that is agreed on."""

    words = Text(max_length=20_000)


class EndingSent(Sent):
    """How it ended for the one who says so."""

    answer = Choice(ANSWERS)
    words = Text(max_length=MOST_ENDING, required=False)


class NameSent(Sent):
    """How a guest likes to be called."""

    name = Text(max_length=LONGEST_NAME)


class FileSent(Sent):
    """A file that was sent to /uploads before."""

    file = Number()
    in_page = Flag(required=False)


class LessonSent(Sent):
    """A lesson to bring in."""

    lesson = Number()


class GoSent(Sent):
    """At which step of a lesson one is."""

    part = Number(min_value=0, max_value=1000)


class LeadSent(Sent):
    """Whose pace the others follow; null: everyone at their own."""

    leader = Number(required=False)


class LinkSent(Sent):
    """A link to make: for looking or working, for how many hours, for how many people."""

    role = Choice(ROLES, required=False, empty_value=EDIT)
    hours = Number(required=False, max_value=MOST_HOURS)
    uses = Number(required=False, max_value=1000)


class PersonSent(Sent):
    """Whose it is, or who it is; null: nobody known."""

    person = Number(required=False)


class KnockSent(Sent):
    """What the doorstep sends to look at a link."""

    token = Text(max_length=100)


class ComeInSent(KnockSent):
    """What the doorstep sends to come in."""

    name = Text(max_length=LONGEST_NAME, error_messages={"required": gettext_lazy("How may we call you?")})
