"""Forms for teams: what one is called, who is in it, which inboxes it serves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.conversations.models import Inbox
from alongside.members.models import Member, Team


class TeamForm(forms.Form):
    """What a team is called and what it is there for."""

    name = forms.CharField(label=_("Name"), max_length=80)
    about = forms.CharField(label=_("What it is there for"), max_length=240, required=False)

    def __init__(self, *args, team: Team | None = None, **options):
        self.team = team
        super().__init__(*args, **options)

    def clean_name(self):
        """Two teams of one name would be taken for each other."""
        name = self.cleaned_data["name"]
        others = Team.objects.exclude(id=self.team.id) if self.team else Team.objects.all()
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is a team of that name."))
        return name


class MemberPicker(forms.ModelChoiceField):
    """Members by their names."""

    def label_from_instance(self, member):
        """The name, and the address where two share one."""
        return f"{member.name} · {member.email}"


class TakeInForm(forms.Form):
    """Whom to give a place in the team: any active member who has none yet."""

    member = MemberPicker(Member.objects.none(), label=_("Take somebody in"), empty_label=_("Choose somebody"))

    def __init__(self, *args, team: Team, **options):
        super().__init__(*args, **options)
        free = Member.objects.filter(is_active=True).exclude(places__team=team).select_related("person")
        self.fields["member"].queryset = free.order_by("person__sort_key")


class InboxesForm(forms.Form):
    """Which inboxes the team serves."""

    inboxes = forms.ModelMultipleChoiceField(
        Inbox.objects.filter(archived_at=None),
        label=_("Inboxes it serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tick"}),
    )
