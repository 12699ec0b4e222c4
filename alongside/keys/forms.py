"""The form for a new API key."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.keys.scopes import SCOPES

LASTS = [("30", _("A month")), ("90", _("Three months")), ("365", _("A year")), ("", _("Until it is revoked"))]


class ApiKeyForm(forms.Form):
    """What the key is for, what it may do, and for how long."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=120,
        error_messages={"required": _("Say what it is for: who finds it in the list later has only that to go by.")},
        help_text=_("The program that will use it, so that you know it again."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=list(SCOPES.items()),
        error_messages={"required": _("Tick at least one: a key that may do nothing opens nothing.")},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tick"}),
    )
    lasts = forms.ChoiceField(
        label=_("For how long?"), choices=LASTS, required=False, initial="90", widget=forms.RadioSelect
    )

    def clean_lasts(self) -> timedelta | None:
        """How long the key opens something; None for without end."""
        days = self.cleaned_data["lasts"]
        return timedelta(days=int(days)) if days else None
