"""Forms of members' pages: opening a booth, and handing its link over. A field that is not known is refused."""

from datetime import timedelta

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from alongside.booths.models.booth import MOST_GOAL
from alongside.booths.models.link import EDIT, VIEW
from alongside.lib.access import FORM_FIELDS

BIGGEST = 2**63 - 1
UNTIL = {"2h": timedelta(hours=2), "1d": timedelta(days=1), "14d": timedelta(days=14), "": None}
FOR_HOW_LONG = [("2h", _("For two hours")), ("1d", _("For a day")), ("14d", _("For two weeks")),
                ("", _("Until I take it back"))]
ROLES = [(EDIT, _("to work on it with us")), (VIEW, _("to look only"))]


class Strict(forms.Form):
    """A form that takes no field that it does not know."""

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        if data is not None and set(data) - {self.add_prefix(name) for name in self.fields} - FORM_FIELDS:
            raise BadRequest("unknown field")


def _number():
    return forms.IntegerField(required=False, min_value=1, max_value=BIGGEST, widget=forms.HiddenInput)


class OpenForm(Strict):
    """For whom, and from where; all of it may be left out."""

    person, conversation, visit = _number(), _number(), _number()
    goal = forms.CharField(required=False, max_length=MOST_GOAL)


class LinkForm(Strict):
    """A link to make: to work or to look, and how long it lets somebody in."""

    role = forms.ChoiceField(label=_("The link is"), choices=ROLES, initial=EDIT, widget=forms.RadioSelect)
    until = forms.ChoiceField(label=_("It opens"), choices=FOR_HOW_LONG, initial="14d", required=False)
    uses = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=1000, required=False,
                              help_text=_("Left empty: for as many as you give it to."))

    def made(self) -> dict:
        """The role, how long it lasts and for how many, as `BoothLink.make` takes them."""
        told = self.cleaned_data
        return {"role": told["role"], "lasts": UNTIL[told["until"]], "uses": told["uses"]}


class MailForm(Strict):
    """To which address of theirs the link is sent."""

    address = forms.ChoiceField(label=_("To which address?"), widget=forms.RadioSelect)

    def __init__(self, addresses, data=None):
        super().__init__(data)
        self.addresses = {str(each.pk): each for each in addresses}
        self.fields["address"].choices = [(id, each.value) for id, each in self.addresses.items()]
        self.initial["address"] = next(iter(self.addresses), "")

    @property
    def identity(self):
        """The chosen one."""
        return self.addresses[self.cleaned_data["address"]]
