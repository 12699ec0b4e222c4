"""What a member says about a file of people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.importers.fields import FIELDS, SEVERAL
from alongside.importers.models import CSV, VCARD

MOST_BYTES = 20_000_000


class FileForm(forms.Form):
    """The file that people come from."""

    file = forms.FileField(
        label=_("File"), max_length=200,
        help_text=_("A table (CSV) from a spreadsheet or another system, or contacts as vCard (.vcf). At most 20 MB."),
    )

    def clean_file(self):
        """Not too large, and of a kind we read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB. Cut it into several, please."))
        return file

    @property
    def kind(self) -> str:
        """CSV or VCARD, by how the file begins."""
        file = self.cleaned_data["file"]
        head = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n").upper()
        file.seek(0)
        return VCARD if head.startswith(b"BEGIN:VCARD") else CSV


class MappingForm(forms.Form):
    """What each column of a table means, and how its dates are written."""

    day_first = forms.TypedChoiceField(
        label=_("How dates are written"), coerce=lambda value: value == "day", initial="day",
        choices=[("day", _("Day first: 3/4/1961 is in April")), ("month", _("Month first: 3/4/1961 is in March"))],
    )

    def __init__(self, headings: list[str], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = [str(place) for place in range(len(headings))]
        for place, heading in zip(self.places, headings, strict=True):
            self.fields[place] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": int(place) + 1}, required=False,
                choices=[("", _("leave out")), *FIELDS.items()],
            )

    def clean(self):
        """Something tells who it is, and nothing that can be said once is said by two columns."""
        data = super().clean()
        chosen = [data[place] for place in self.places if data.get(place)]
        if not set(chosen) & {"called", "full_name", "given_name", "surname", "email", "phone", "card", "external"}:
            raise forms.ValidationError(_("Choose at least one column that holds a name or an address."))
        for name in set(chosen) - set(SEVERAL):
            if chosen.count(name) > 1:
                raise forms.ValidationError(_("Two columns say “%(field)s”. Choose one.") % {"field": FIELDS[name]})
        return data

    @property
    def mapping(self) -> dict[str, str]:
        """A field for each column that is not left out, by its place."""
        return {place: self.cleaned_data[place] for place in self.places if self.cleaned_data.get(place)}

    @property
    def columns(self) -> list:
        """The fields that stand for columns."""
        return [self[place] for place in self.places]
