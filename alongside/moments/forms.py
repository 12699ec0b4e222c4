"""What whoever leads the house writes of kinds and ideas."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.moments.models import ICONS
from alongside.moments.moods import MOODS

ICON_WORDS = {
    "moment": _("A spark"), "star": _("A star"), "day": _("A sun"), "chat": _("Words"), "counter": _("A cup"),
    "mood-calm": _("Still water"), "clock": _("A clock"), "saved": _("A bookmark"), "eye": _("An eye"),
    "people": _("Two people"),
}


class KindForm(forms.Form):
    """A kind of small kindness."""

    label = forms.CharField(label=_("What was done?"), max_length=120,
                            help_text=_("As it stands on their page: “A smile on the bag”."))
    icon = forms.ChoiceField(label=_("Drawing"), choices=[(icon, ICON_WORDS[icon]) for icon in ICONS], initial=ICONS[0])
    rests = forms.IntegerField(label=_("For how many days is it not proposed again?"), min_value=0, max_value=3650,
                               initial=14, help_text=_("For the same person."))


class IdeaForm(forms.Form):
    """Something that could be done, and for which moods it is meant."""

    words = forms.CharField(label=_("What could be done?"), max_length=200,
                            help_text=_("As one would tell a colleague: “Draw a smile on the bag”."))
    fits = forms.MultipleChoiceField(label=_("When they seem"), required=False,
                                     choices=[(mood.id, mood.label) for mood in MOODS],
                                     widget=forms.CheckboxSelectMultiple(attrs={"class": "tick"}),
                                     help_text=_("None: it fits always."))
