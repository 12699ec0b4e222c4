"""What a person fills in on their own page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DoorForm(forms.Form):
    """Where the link shall go."""

    email = forms.EmailField(label=_("Your mail address"), max_length=254,
                             widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class NameForm(forms.Form):
    """How they like to be called."""

    called = forms.CharField(label=_("We call you"), max_length=120, required=False,
                             widget=forms.TextInput(attrs={"autocomplete": "nickname"}))
    full_name = forms.CharField(label=_("Your whole name"), max_length=240, required=False,
                                widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def clean(self):
        """A name at least, or nobody could greet them."""
        told = super().clean()
        if not told.get("called", "").strip() and not told.get("full_name", "").strip():
            self.add_error("called", _("Say at least one name, so that we can greet you."))
        return told


class ObjectionForm(forms.Form):
    """Why something should not be there."""

    what = forms.CharField(max_length=300, widget=forms.HiddenInput)
    words = forms.CharField(label=_("What is wrong with it?"), max_length=20_000, required=False,
                            widget=forms.Textarea(attrs={"rows": 5}),
                            help_text=_("A word is enough, and none is needed. Somebody reads it and answers you."))


class AnswerForm(forms.Form):
    """What they write back."""

    text = forms.CharField(label=_("Your words"), max_length=100_000, widget=forms.Textarea(attrs={"rows": 6}))


class ForgetForm(forms.Form):
    """How much goes."""

    how = forms.ChoiceField(label=_("What shall go?"), widget=forms.RadioSelect, choices=[
        ("delete", _("Everything, as if you had never been here")),
        ("anonymise", _("Everything that says who you are; the house keeps its counts"))])


class SureForm(ForgetForm):
    """A lead says how much goes, and that they asked for it."""

    how = forms.ChoiceField(label=_("What shall go?"), widget=forms.RadioSelect, choices=[
        ("delete", _("Everything, as if they had never been here")),
        ("anonymise", _("Everything that says who they are; the house keeps its counts"))])

    sure = forms.BooleanField(label=_("They asked for it, and I know that it was them"))
