"""What a member may write: an answer with how we know it, a product, a question set, a question."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.profiles.models import KINDS, TOLD, Product, Question, values
from alongside.profiles.models.question import CHOICE, DATE, MANY, SUBJECTS, TEXT, YES_NO

BIGGEST = 2**63 - 1
MOST_CHOICES = 40
ANSWERS = {
    "guessed": _("We guess so"), "told": _("They told us"), "observed": _("We saw it"),
    "verified": _("We looked at it together"),
}


class Origin(forms.Form):
    """From which message or visit something is known; both may be missing."""

    message = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST, widget=forms.HiddenInput)
    visit = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST, widget=forms.HiddenInput)


def origin_of(given) -> dict[str, int | None]:
    """The visit and the message that `given` names, as far as they are numbers."""
    form = Origin(given)
    form.is_valid()
    return {name: form.cleaned_data.get(name) for name in ("visit", "message")}


class AnswerForm(Origin):
    """The value, by the kind of the question, and how we know it."""

    how = forms.ChoiceField(label=_("How do we know?"), choices=list(ANSWERS.items()), initial=TOLD,
                            widget=forms.RadioSelect)

    def __init__(self, question: Question, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["value"] = _value_field(question)
        self.order_fields(["value", "how"])

    def clean_value(self) -> str:
        """The value as it is kept."""
        try:
            return values.checked(self.question, self.cleaned_data["value"])
        except values.NotAnAnswer as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


def _value_field(question: Question) -> forms.Field:
    label = question.words
    if question.kind == YES_NO:
        return forms.ChoiceField(label=label, choices=[(values.YES, _("Yes")), (values.NO, _("No"))],
                                 widget=forms.RadioSelect)
    choices = [(choice, choice) for choice in question.choices]
    if question.kind == CHOICE:
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    if question.kind == MANY:
        return forms.MultipleChoiceField(label=label, choices=choices,
                                         widget=forms.CheckboxSelectMultiple(attrs={"class": "tick"}))
    if question.kind == DATE:
        return forms.CharField(label=label, widget=forms.DateInput(attrs={"type": "date"}))
    if question.kind == TEXT:
        return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 2}),  # no browser may cut it unsaid
                               help_text=_("Write it as if they read it; they may."))
    return forms.CharField(label=label, max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}))


class ProductForm(forms.Form):
    """What something is called that `maker` makes or brings; `besides` is the one that is changed."""

    name = forms.CharField(label=_("What is it called?"), max_length=120,
                           help_text=_("As one asks for it: “Rye loaf”, “Savings book”."))
    code = forms.CharField(label=_("Number or code"), max_length=60, required=False,
                           help_text=_("By which others know it, where it has one."))

    def __init__(self, maker: Person, *args, besides: Product | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self._maker, self._besides = maker, besides

    def clean_name(self) -> str:
        """One by that name, of one maker."""
        name = " ".join(self.cleaned_data["name"].split())
        others = Product.objects.of(self._maker).exclude(pk=self._besides and self._besides.pk)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("%(maker)s has one by that name already. Say what tells them apart.")
                                        % {"maker": self._maker.name or _("Whoever makes it")})
        return name


class QuestionSetForm(forms.Form):
    """What a set is called and what it is about, which stays as it is once something in it was answered."""

    name = forms.CharField(label=_("What is it called?"), max_length=120)
    about = forms.CharField(label=_("What is it for?"), max_length=500, required=False)
    for_kind = forms.ChoiceField(label=_("About whom or what?"), choices=list(SUBJECTS.items()), initial="human",
                                 widget=forms.RadioSelect)
    of_everyone = forms.BooleanField(
        label=_("Ask it of all of these"), required=False,
        help_text=_("Otherwise it waits until one of its questions was answered on a profile."))

    def __init__(self, *args, answered: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if answered:
            del self.fields["for_kind"]


class QuestionForm(forms.Form):
    """One question. The kind of one that was answered stays as it is."""

    words = forms.CharField(label=_("What do we want to know?"), max_length=300,
                            help_text=_("As a colleague reads it: “What does a good visit look like to them?”"))
    spoken = forms.CharField(label=_("How would one ask it?"), max_length=500, required=False,
                             help_text=_("In your own voice: “May I ask: …?”"))
    kind = forms.ChoiceField(label=_("What is the answer?"), choices=list(KINDS.items()), initial=TEXT)
    choices = forms.CharField(label=_("To choose from, one a line"), required=False, max_length=4000,
                              help_text=_("Only where the answer is one or several of these."),
                              widget=forms.Textarea(attrs={"rows": 4}))
    lasts_days = forms.IntegerField(label=_("For how many days is an answer good?"), required=False, min_value=1,
                                    max_value=36500, help_text=_("Empty: for good."))
    sensitive = forms.BooleanField(label=_("Sensitive"), required=False,
                                   help_text=_("Then it is never offered; one asks it of one’s own accord."))

    def __init__(self, *args, kind: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self._kind = kind
        if kind:
            del self.fields["kind"]

    def clean(self):
        """A question to choose from has something to choose from, each once."""
        data = super().clean()
        kind = self._kind or data.get("kind")
        lines = [line.strip()[:120] for line in data.get("choices", "").splitlines() if line.strip()]
        data["choices"] = list(dict.fromkeys(lines)) if kind in (CHOICE, MANY) else []
        if kind in (CHOICE, MANY) and not 2 <= len(data["choices"]) <= MOST_CHOICES:
            self.add_error("choices", _("Write two to forty answers, one a line."))
        return data
