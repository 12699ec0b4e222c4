"""Forms about a promise: making one, agreeing on another time, saying that it was not kept, handing it over."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.members.models import Member
from alongside.promises.times import THEN, THIS_WEEK, TODAY, TOMORROW, day_of, due, is_weekend


def choices() -> list[tuple[str, object]]:
    """The quick choices as they are called today."""
    week = _("Next week") if is_weekend(timezone.localdate()) else _("This week")
    return [(TODAY, _("Today")), (TOMORROW, _("Tomorrow")), (THIS_WEEK, week), (THEN, _("Another day"))]


class MemberChoice(forms.ModelChoiceField):
    """Who keeps it: a member, or whoever is here."""

    def __init__(self, **options):
        serving = Member.objects.filter(is_active=True).select_related("person").order_by("person__sort_key", "id")
        super().__init__(serving, required=False, empty_label=_("whoever is here"), **options)


class DueForm(forms.Form):
    """By when: a quick choice, or a day; and an hour where one was said."""

    when = forms.ChoiceField(label=_("By when"), choices=choices, initial=TODAY, widget=forms.RadioSelect)
    day = forms.DateField(label=_("Day"), required=False,
                          widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    clock = forms.TimeField(label=_("Hour, if one was said"), required=False,
                            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def clean(self):
        """`due_at` and `whole_day`, as a promise keeps them."""
        held = self.cleaned_data
        if "when" in held and "day" in held and "clock" in held:
            day = held["day"] if held["when"] == THEN else day_of(held["when"])
            if not day:
                self.add_error("day", _("Which day?"))
                return held
            held["due_at"], held["whole_day"] = due(day, held["clock"])
            if held["due_at"] <= timezone.now():
                self.add_error("clock" if held["clock"] else "day", _("That time has passed already."))
        return held


class PromiseForm(DueForm):
    """What is promised, by when, and who keeps it."""

    words = forms.CharField(label=_("What"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    owner = MemberChoice(label=_("Who keeps it"))
    conversation = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    message = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    visit = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    field_order = ["words", "when", "day", "clock", "owner"]


class RenegotiateForm(DueForm):
    """Another time, and what was said to the person."""

    said = forms.CharField(
        label=_("What did you say to them?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("They read it beside the promise."),
    )


class BreakForm(forms.Form):
    """Why it was not kept, and what was done about it."""

    why = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
                          help_text=_("They read it beside the promise."))
    amends = forms.CharField(label=_("What was done about it?"), max_length=2000,
                             widget=forms.Textarea(attrs={"rows": 2}))


class HandOverForm(forms.Form):
    """Who keeps it from now on."""

    owner = MemberChoice(label=_("Who keeps it"))
