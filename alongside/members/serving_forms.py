"""Forms about where and when the house serves: locations, a usual week, being away."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.members.fields import ZoneField
from alongside.members.models import Location
from alongside.members.weeks import day_names, read_spans, write_spans


class LocationForm(forms.Form):
    """What a location is called, where it is, and what it is for."""

    name = forms.CharField(label=_("Name"), max_length=80)
    zone = ZoneField(label=_("Time zone"), unset=_("As the organisation has it"))
    about = forms.CharField(
        label=_("What is it?"), max_length=240, required=False, help_text=_("One line for a colleague who is new.")
    )

    def __init__(self, *args, location: Location | None = None, **options):
        self.location = location
        if location:
            options["initial"] = {"name": location.name, "zone": location.zone, "about": location.about}
        super().__init__(*args, **options)

    def clean_name(self):
        """No two locations are called the same, the closed ones included."""
        name = self.cleaned_data["name"]
        others = Location.objects.exclude(pk=self.location.pk if self.location else None)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("Another location is called that. A closed one can be opened again."))
        return name


class HoursForm(forms.Form):
    """A member's usual week, a line for each day, and until when they are away."""

    away_until = forms.DateField(
        label=_("Away until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first day back. Leave it empty while at work."),
    )
    away_words = forms.CharField(
        label=_("In words, for colleagues"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"placeholder": _("on holiday")}),
    )

    def __init__(self, *args, member, **options):
        week = list(member.hours.all())
        held = {f"day_{n}": write_spans(span for span in week if span.weekday == n) for n in range(7)}
        away = {"away_until": member.away_until, "away_words": member.away_words} if member.is_away() else {}
        super().__init__(*args, initial=held | away, **options)
        for n, name in enumerate(day_names()):
            self.fields[f"day_{n}"] = forms.CharField(
                label=name, required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
            )

    @property
    def days(self) -> list:
        """The seven lines."""
        return [self[f"day_{n}"] for n in range(7)]

    def clean_away_until(self):
        """A first day back that is still to come."""
        day = self.cleaned_data["away_until"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("That day is here already. Choose the first day back."))
        return day

    def clean(self):
        """The week as spans: `week` is what a member keeps."""
        held, week = self.cleaned_data, []
        for n in range(7):
            try:
                week += [(n, *span) for span in read_spans(held.get(f"day_{n}", ""))]
            except forms.ValidationError as unread:
                self.add_error(f"day_{n}", unread)
        return {**held, "week": week}
