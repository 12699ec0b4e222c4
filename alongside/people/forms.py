"""What a member may write down about a person, checked."""

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from alongside.people.birthdays import lived
from alongside.people.models import EMAIL, HUMAN, MOST_LETTERS, ORGANISATION, PHONE, Person
from alongside.people.zones import zone_of


class PersonForm(forms.Form):
    """Who someone is: names, what matters, when they were born, where they are and how they speak."""

    called = forms.CharField(label=_("Likes to be called"), max_length=120, required=False,
                             help_text=_("As they would say it themselves, in any script."))
    full_name = forms.CharField(label=_("Whole name"), max_length=240, required=False)
    kind = forms.ChoiceField(label=_("Who this is"), required=False, initial=HUMAN, widget=forms.RadioSelect,
                             choices=[(HUMAN, _("A person")), (ORGANISATION, _("An organisation"))])
    what_matters = forms.CharField(label=_("What matters"), max_length=MOST_LETTERS, required=False,
                                   widget=forms.Textarea(attrs={"rows": 3}),
                                   help_text=_("One thing to know before one speaks with them. They may read it too."))
    born = forms.DateField(label=_("Born on"), required=False,
                           widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    zone = forms.CharField(label=_("Time zone"), max_length=64, required=False,
                           help_text=_("Such as Europe/Lisbon; then the card says what their clock shows."))
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("We do not know")), *settings.LANGUAGES]
    )

    @classmethod
    def about(cls, person: Person) -> "PersonForm":
        """The form as it stands for `person`."""
        return cls(initial={name: getattr(person, name) for name in cls.base_fields})

    def clean_kind(self):
        """A person where nobody said otherwise."""
        return self.cleaned_data["kind"] or HUMAN

    def clean_zone(self):
        """A zone the world knows, or none."""
        return _checked(zone_of, self.cleaned_data["zone"])

    def clean_born(self):
        """A day on which somebody alive may be born, or none."""
        born = self.cleaned_data["born"]
        return _checked(lived, born) if born else None

    def clean(self):
        """Somebody has at least one name."""
        data = super().clean()
        if not (data.get("called") or data.get("full_name") or self._reached()):
            self.add_error("called", _("Write a name, so that we know whom we mean."))
        return data

    def _reached(self) -> bool:
        """Whether the person may go without a name, because an address says who they are."""
        return False


class NewPersonForm(PersonForm):
    """Someone new: the same, and where to reach them."""

    email = forms.EmailField(label=_("Mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    field_order = ["called", "full_name", "kind", "email", "phone", "what_matters", "born", "zone",
                   "language"]

    def clean_phone(self):
        """A number has figures."""
        return _dialled(self.cleaned_data["phone"])

    def _reached(self) -> bool:
        return bool(self.data.get("email", "").strip() or self.data.get("phone", "").strip())


class EditPersonForm(PersonForm):
    """A known person; one who is reached somewhere may stay without a name."""

    def __init__(self, *args, reached: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self._is_reached = reached

    def _reached(self) -> bool:
        return self._is_reached


class IdentityForm(forms.Form):
    """An address by which a person is reached."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (EMAIL, _("Mail")),
            (PHONE, _("Phone")),
            ("handle", _("Handle")),
            ("card", _("Card")),
            ("external", _("Number in another system")),
        ],
    )
    value = forms.CharField(label=_("Address or number"), max_length=254)

    def clean(self):
        """A mail address looks like one, a phone number has digits."""
        data = super().clean()
        value = data.get("value", "")
        if value and data.get("kind") == EMAIL:
            try:
                validate_email(value)
            except forms.ValidationError:
                self.add_error("value", _("This does not look like a mail address. Is the part after the @ whole?"))
        if data.get("kind") == PHONE:
            try:
                _dialled(value)
            except forms.ValidationError as wrong:
                self.add_error("value", wrong)
        return data


def _dialled(number: str) -> str:
    """The number as it was written, with figures in it, or none at all."""
    if number and sum(c.isdigit() for c in number) < 3:
        raise forms.ValidationError(_("A phone number has at least three figures."))
    return number


def _checked(check, value):
    """What `check` makes of it; its ValueError as the form's own."""
    try:
        return check(value)
    except ValueError as wrong:
        raise forms.ValidationError(str(wrong)) from wrong


class RelationForm(forms.Form):
    """How somebody belongs with another: the kind, seen from the one, and in words where they say more."""

    kind = forms.ChoiceField(label=_("What they are to each other"))
    words = forms.CharField(label=_("In a word or two"), max_length=120, required=False,
                            help_text=_("Such as: her younger son, on Sundays, for the invoices."))

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices
