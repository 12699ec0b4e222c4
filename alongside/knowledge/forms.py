"""What a member may write: a lesson, and a step of it with amounts and a picture."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alongside.files.dimensions import ENOUGH, dimensions
from alongside.files.sniffing import PICTURES, sniff
from alongside.knowledge.models.lesson import MOST_ABOUT, MOST_TITLE
from alongside.knowledge.models.part import MOST_AMOUNT, MOST_AMOUNTS, MOST_PART_TITLE, MOST_THING, MOST_WORDS

MEGABYTE = 1_000_000
MOST_PICTURE = 10 * MEGABYTE
MOST_PIXELS = 50_000_000  # a phone's best camera; larger ones take a browser's memory before they are drawn
EMPTY_ROWS = 3


class LessonForm(forms.Form):
    """What a lesson is called and what it is about."""

    title = forms.CharField(label=_("What is made?"), max_length=MOST_TITLE,
                            help_text=_("As one would say it: “A flat white at home”."))
    about = forms.CharField(label=_("What is it about?"), max_length=MOST_ABOUT, required=False,
                            widget=forms.Textarea(attrs={"rows": 2}))
    language = forms.ChoiceField(label=_("In which language is it?"), required=False,
                                 choices=[("", _("It does not matter")), *settings.LANGUAGES])


class PartForm(forms.Form):
    """One step. Amounts come as rows of two fields, `amount` and `thing`; rows with neither are none."""

    title = forms.CharField(label=_("What is done here?"), max_length=MOST_PART_TITLE,
                            help_text=_("In a few words: “Grind the beans”."))
    words = forms.CharField(label=_("How?"), max_length=MOST_WORDS, required=False,
                            widget=forms.Textarea(attrs={"rows": 4, "class": "voice"}),
                            help_text=_("As you would say it, standing beside them; and why, where that helps."))
    picture = forms.FileField(label=_("A picture"), required=False, max_length=200,
                              widget=forms.FileInput(attrs={"accept": ",".join(PICTURES)}),
                              help_text=_("PNG, JPEG, GIF or WebP, at most 10 MB."))
    no_picture = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(self, data=None, files=None, *, part=None):
        held = {"title": part.title, "words": part.words} if part else {}
        super().__init__(data, files, initial=held)
        self._given = list(zip(data.getlist("amount"), data.getlist("thing"), strict=False)) if data else None
        self._held = part.amounts if part else []
        if not (part and part.picture_id):
            del self.fields["no_picture"]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The rows of amounts to draw: those that are there, and a few empty ones."""
        rows = [tuple(row) for row in (self._held if self._given is None else self._given) if any(row)]
        return rows + [("", "")] * (EMPTY_ROWS if len(rows) < MOST_AMOUNTS else 0)

    def clean_picture(self):
        """A picture by its bytes, that every screen can draw."""
        given = self.cleaned_data["picture"]
        if not given:
            return None
        if given.size > MOST_PICTURE:
            raise forms.ValidationError(_("This picture is larger than 10 MB. Make it smaller, please."))
        head = given.read(ENOUGH)
        given.seek(0)
        size = dimensions(head) if sniff(head, given.name) in PICTURES else None
        if size is None:
            raise forms.ValidationError(_("This cannot be read as a picture. PNG, JPEG, GIF or WebP, please."))
        if size[0] * size[1] > MOST_PIXELS:
            raise forms.ValidationError(_("This picture has more than 50 megapixels, and most screens cannot show "
                                          "that. Make it smaller, please."))
        return given

    def clean(self):
        """Amounts as pairs, each as short as it can be read at a glance."""
        data = super().clean()
        rows = [(amount.strip(), thing.strip()) for amount, thing in self._given or []]
        data["amounts"] = [list(row) for row in rows if any(row)]
        if len(data["amounts"]) > MOST_AMOUNTS:
            self.add_error(None, _("At most twenty amounts fit in one step. Make two steps of it, perhaps."))
        if any(len(amount) > MOST_AMOUNT or len(thing) > MOST_THING for amount, thing in rows):
            self.add_error(None, _("An amount takes 40 letters, and what it is of 120. Say the rest in the "
                                   "words above."))
        if any("\0" in text for row in rows for text in row):
            self.add_error(None, _("There is a sign in the amounts that cannot be kept. Write them anew, please."))
        return data
