"""Fields that several forms about members share."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from alongside.members.zones import validate_zone, zone_choices


class NamesForm(forms.Form):
    """How somebody is called, and their whole name if they like to give it."""

    called = forms.CharField(
        label=_("What shall we call you?"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "nickname"})
    )
    full_name = forms.CharField(
        label=_("Full name, if you like"),
        max_length=240,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class MailField(forms.EmailField):
    """A mail address, with words for one that cannot be."""

    default_error_messages = {
        "invalid": _("That cannot be reached yet: it needs a name, an @ and a place, as in lena@cafe.example.")
    }

    def __init__(self, *, autocomplete="off", **options):
        options.setdefault("max_length", 254)
        super().__init__(widget=forms.EmailInput(attrs={"autocomplete": autocomplete}), **options)


class ZoneField(forms.ChoiceField):
    """A time zone by its name, grouped by part of the world; `unset` are the words for choosing none."""

    def __init__(self, *, unset=None, **options):
        self.unset = unset
        super().__init__(choices=self._zones, validators=[self._check], required=unset is None, **options)

    def _zones(self):
        return ([("", self.unset)] if self.unset else []) + zone_choices()

    @staticmethod
    def _check(name):
        if name:
            validate_zone(name)


class PasswordField(forms.CharField):
    """A new password, with what is asked of it as a hint; checking it needs to know whose it will be."""

    def __init__(self, **options):
        options.setdefault("label", _("Password"))
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        super().__init__(strip=False, max_length=200, widget=widget, **options)

    def get_bound_field(self, form, name):
        """Say what is asked of a password before it is written."""
        if not self.help_text:
            self.help_text = " ".join(filter(None, password_validators_help_texts()))
        return super().get_bound_field(form, name)
