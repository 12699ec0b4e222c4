"""What the post office needs to know of a letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.channels.email.models import Mailbox, PostOfficeLetter
from alongside.people.models import Person


class LetterForm(forms.Form):
    """A letter from somebody outside to one of our doors."""

    to = forms.ModelChoiceField(Mailbox.objects.none(), label=_("To"), empty_label=None)
    subject = forms.CharField(label=_("About"), max_length=300, required=False)
    text = forms.CharField(label=_("Words"), max_length=100_000)
    answers = forms.ModelChoiceField(PostOfficeLetter.objects.none(), required=False)

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Mailbox.objects.filter(transport=Mailbox.POST_OFFICE)
        self.fields["answers"].queryset = PostOfficeLetter.objects.filter(recipient=person.email.casefold())
