"""Forms for inviting somebody and for answering an invitation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.members import roles
from alongside.members.fields import MailField, NamesForm, PasswordField
from alongside.members.forms import check_password
from alongside.members.models import Team


class InvitationForm(forms.Form):
    """Whom to invite, as what, into which teams."""

    email = MailField(label=_("Their mail"))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, initial="member")
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        label=_("Teams"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tick"}),
    )
    write = forms.BooleanField(
        label=_("Write to them now"),
        required=False,
        initial=True,
        help_text=_("You get the link as well, to hand over yourself."),
    )

    def __init__(self, *args, principal, **options):
        super().__init__(*args, **options)
        self.fields["role"].choices = [(role, roles.WORDS[role]) for role in roles.invitable(principal)]
        self.fields["teams"].queryset = Team.objects.visible_to(principal)


class AnswerForm(NamesForm):
    """How the new member is called, and the password they choose."""

    password = PasswordField(label=_("A password"))

    def __init__(self, *args, email: str, **options):
        self.email = email
        super().__init__(*args, **options)

    def clean(self):
        """The password, for whom it will be."""
        check_password(self, name=self.cleaned_data.get("called", ""), email=self.email)
        return self.cleaned_data
