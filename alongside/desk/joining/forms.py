"""Forms for inviting somebody and for answering an invitation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.members import roles
from alongside.members.fields import MailField, NamesForm, PasswordField
from alongside.members.forms import check_password
from alongside.members.models import Member, Team


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


class AddressForm(forms.Form):
    """Another address to sign in with; whoever has a password gives it, so that an open screen is not enough."""

    email = MailField(label=_("The new address"), autocomplete="email")
    password = forms.CharField(
        label=_("Your password"), strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip

    def __init__(self, *args, member: Member, **options):
        self.member = member
        super().__init__(*args, **options)
        if not member.has_usable_password():
            del self.fields["password"]

    def clean_email(self):
        """One address signs in one member."""
        email = self.cleaned_data["email"].lower()
        if email == self.member.email:
            raise forms.ValidationError(_("You sign in with this address already."))
        if Member.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Another member signs in with this address."))
        return email

    def clean_password(self):
        """The one they have now."""
        if not self.member.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("That is not the password you have now."))
        return self.cleaned_data["password"]


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
