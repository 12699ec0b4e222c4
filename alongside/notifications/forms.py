"""What a member may say about which news they wish for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.members.models import Member
from alongside.notifications.models import KINDS, Wish


class WishesForm(forms.Form):
    """A tick for every kind of news that one wants to hear."""

    kinds = forms.MultipleChoiceField(label=_("Tell me when"), choices=list(KINDS.items()), required=False,
                                      widget=forms.CheckboxSelectMultiple(attrs={"class": "tick"}))

    @classmethod
    def of(cls, member: Member, given=None) -> "WishesForm":
        """The form as `member` has said so far, or as `given` now."""
        return cls(given, initial={"kinds": [kind for kind, wanted in Wish.of(member).items() if wanted]})

    def keep(self, member: Member) -> None:
        """Remember all of it for `member`."""
        for kind in KINDS:
            Wish.say(member, kind, kind in self.cleaned_data["kinds"])
