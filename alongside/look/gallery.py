"""What the gallery shows: a form in every state and times near and far."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from alongside.look.icons import PATHS


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="What shall we call you?", help_text="As you would say it to a neighbour.")
    mail = forms.EmailField(label="Your work mail")
    about = forms.CharField(label="About this inbox", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    zone = forms.ChoiceField(label="Time zone", choices=[("Europe/Vienna", "Vienna"), ("Europe/London", "London")])
    role = forms.ChoiceField(
        label="Role",
        choices=[("member", "Member"), ("lead", "Lead"), ("admin", "Admin")],
        widget=forms.RadioSelect,
        initial="member",
    )
    letters = forms.BooleanField(
        label="Write me a mail when someone mentions me", help_text="At most one every ten minutes.", required=False
    )
    picture = forms.FileField(label="A picture for the doorstep", required=False)


def samples() -> dict:
    """Return the gallery's context."""
    now = timezone.now()
    return {
        "sample_form": SampleForm(),
        "sample_wrong": SampleForm(
            {"name": "Lena", "mail": "lena@marketstreet", "zone": "Europe/Vienna", "role": "lead"},
            auto_id="wrong_%s",
        ),
        "sample_times": [now - timedelta(minutes=4), now - timedelta(days=2), now - timedelta(days=90),
                         now - timedelta(days=900), now + timedelta(days=1)],
        "icon_names": sorted(PATHS),
    }
