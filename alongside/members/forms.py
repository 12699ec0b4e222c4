"""Forms about oneself and the organisation."""

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.members.fields import MailField, NamesForm, PasswordField, ZoneField
from alongside.members.models import Member, Organisation
from alongside.members.zones import machine_zone, written_choices
from alongside.people.models import Person

THEMES = [("auto", _("As the device has it")), ("light", _("Light")), ("dark", _("Dark"))]
DENSITIES = [("auto", _("As usual")), ("close", pgettext_lazy("rows", "Close")), ("roomy", _("Roomy"))]


def check_password(form, *, name: str, email: str) -> None:
    """Add to `form` what is wrong with its `password` for somebody of that name and address."""
    password = form.cleaned_data.get("password")
    if not password:
        return
    try:
        validate_password(password, Member(email=email, person=Person(called=name)))
    except forms.ValidationError as error:
        form.add_error("password", error)


class ProfileForm(NamesForm):
    """How a member is called, when and in which language they read, how they sign."""

    zone = ZoneField(label=_("Time zone"), unset=_("As the organisation has it"))
    language = forms.ChoiceField(
        label=_("Language of the screens"),
        required=False,
        choices=[("", _("As the browser has it")), *settings.LANGUAGES],
    )
    signature = forms.CharField(
        label=_("Signature"),
        max_length=2000,
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Goes under your letters, before the inbox's own."),
    )


class LookForm(forms.Form):
    """How the screens look on this device."""

    theme = forms.ChoiceField(label=_("Light or dark"), choices=THEMES, required=False, widget=forms.RadioSelect)
    density = forms.ChoiceField(label=_("Rows"), choices=DENSITIES, required=False, widget=forms.RadioSelect)


class NotificationsForm(forms.Form):
    """Where a member wants to hear of what concerns them."""

    notify_page = forms.BooleanField(label=_("In the page, while it is open"), required=False)
    notify_browser = forms.BooleanField(
        label=_("By the browser, while a page is open anywhere"),
        required=False,
        help_text=_("The browser asks you once whether it may."),
    )
    notify_mail = forms.BooleanField(label=_("By mail, when you have not been here for a while"), required=False)


class OrganisationForm(forms.Form):
    """What the organisation is called, where it is, and the languages its people write in."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    zone = ZoneField(
        label=_("Time zone"), help_text=_("Everybody reads times in this one, unless they choose their own.")
    )
    language = forms.ChoiceField(
        label=_("Language of the house"),
        choices=settings.LANGUAGES,
        help_text=_("For letters that the house writes by itself."),
    )
    languages = forms.MultipleChoiceField(
        label=_("People write to us in"),
        choices=written_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tick"}),
        help_text=_("The search knows the forms of these languages' words."),
    )

    @property
    def written(self) -> str:
        """The languages that are ticked, in words."""
        ticked = set(self["languages"].value() or ())
        return ", ".join(name for code, name in written_choices() if code in ticked)

    @classmethod
    def of(cls, organisation: Organisation, **options) -> "OrganisationForm":
        """The form filled with what is held; in a new house with the zone of the machine, or of the owner's browser."""
        held = {name: getattr(organisation, name) for name in ("name", "zone", "language", "languages")}
        is_new = organisation.set_up_at is None and held["zone"] == "UTC"
        if is_new:
            held["zone"] = machine_zone()
        form = cls(initial={**held, "languages": held["languages"] or [held["language"]]}, **options)
        if is_new and held["zone"] == "UTC":  # a server keeps that by habit; where the owner sits, the browser knows
            form.fields["zone"].widget.attrs["data-controller"] = "zone"
        return form


class OwnerForm(NamesForm):
    """Who the owner is: their name, the mail they will sign in with, and a password, which they may leave out."""

    email = MailField(label=_("Your mail"), autocomplete="username", help_text=_("You sign in with it."))
    password = PasswordField(required=False)

    def __init__(self, *args, member: Member, **options):
        self.member = member
        super().__init__(*args, **options)

    def clean_email(self):
        """One address signs in one member."""
        email = self.cleaned_data["email"].lower()
        if Member.objects.exclude(id=self.member.id).filter(email=email).exists():
            raise forms.ValidationError(_("Another member signs in with this address."))
        return email

    def clean(self):
        """The password, for whom it will be."""
        held = self.cleaned_data
        check_password(self, name=held.get("called", ""), email=held.get("email", ""))
        return held


class RoleForm(forms.Form):
    """A role for a member, out of those the giver may give."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args, roles, **options):
        super().__init__(*args, **options)
        self.fields["role"].choices = roles
