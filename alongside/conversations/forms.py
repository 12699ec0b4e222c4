"""What members send in about conversations, checked: letters, hours, choices of people, teams, tags and inboxes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.conversations.letters import MAX_TEXT, Address
from alongside.conversations.merge_fields import UnknownField, check
from alongside.conversations.models import PRIORITIES, Inbox
from alongside.lib.mail import addresses as mail_addresses
from alongside.members.models import Member, Team

KINDS = ["reply", "reply-all", "forward", "note", "new"]


class AddressesField(forms.CharField):
    """Addresses as one line, `Joe <joe@hallam.example>, lena@cafe.example`; cleaned to a list of Address."""

    def __init__(self, **more):
        super().__init__(required=False, max_length=20_000, **more)

    def clean(self, value):
        """The addresses in their order; half-typed ones too, for the verb to say which is wrong."""
        return read_addresses(super().clean(value))


def read_addresses(text: str) -> list[Address]:
    """`text` as addresses; `;` parts them as well as `,`, as many people write it."""
    read = mail_addresses.read(text.replace(";", ",").encode("utf-8", "replace"))
    found = [Address(each["address"], each.get("name") or "") for each in read if each["address"] or each.get("name")]
    return [Address(each.address or each.name, each.name if each.address else "") for each in found]


class WhenField(forms.CharField):
    """A moment: ISO with its offset, or as a field for date and time writes it, in the reader's zone."""

    def clean(self, value):
        """The moment as an aware datetime, or None for none."""
        text = super().clean(value)
        if not text:
            return None
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None:
            raise forms.ValidationError(_("We cannot read this hour. Choose a day and a time."))
        return moment if timezone.is_aware(moment) else _aware(moment)


def _aware(moment: datetime) -> datetime:
    zone = timezone.get_current_timezone()
    return moment.replace(tzinfo=zone if isinstance(zone, ZoneInfo) else timezone.get_default_timezone())


class LetterForm(forms.Form):
    """What the composer sends."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], initial="reply")
    action = forms.CharField(required=False, max_length=20)
    body = forms.CharField(required=False, strip=False)
    subject = forms.CharField(required=False, max_length=500)
    to = AddressesField()
    cc = AddressesField()
    bcc = AddressesField()
    revision = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    opened_at = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    send_at = WhenField(required=False)
    once = forms.CharField(required=False, max_length=64)
    inbox = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    @property
    def seen_id(self) -> int:
        """The newest message that was before the writer's eyes: what the script saw, else what the page showed."""
        data = self.cleaned_data
        return data["seen"] if data["seen"] is not None else data["opened_at"] or 0

    def clean(self):
        """An hour for sending later lies ahead, and is asked for only then."""
        data = super().clean()
        if data.get("action") != "send-later":
            data["send_at"] = None
            self.errors.pop("send_at", None)
        elif not data.get("send_at") and "send_at" not in self.errors:
            self.add_error("send_at", _("Choose the hour at which it shall leave."))
        elif data.get("send_at") and data["send_at"] <= timezone.now():
            self.add_error("send_at", _("This hour has passed. Choose one that lies ahead, or send it now."))
        return data


class UntilForm(forms.Form):
    """Until when something rests."""

    until = WhenField(error_messages={"required": gettext_lazy("Choose the hour at which it shall come back.")})

    def clean_until(self):
        """A moment that lies ahead."""
        until = self.cleaned_data["until"]
        if until <= timezone.now():
            raise forms.ValidationError(_("This hour has passed. Choose one that lies ahead."))
        return until


class HandOverForm(forms.Form):
    """To whom: a colleague, a team, oneself, or back to everyone."""

    member = forms.ModelChoiceField(Member.objects.filter(is_active=True), required=False)
    team = forms.ModelChoiceField(Team.objects.all(), required=False)


class PriorityForm(forms.Form):
    """How soon an answer is wanted."""

    priority = forms.TypedChoiceField(choices=PRIORITIES, coerce=int)


class SubjectForm(forms.Form):
    """What it is about, for us."""

    subject = forms.CharField(max_length=500, required=False)


class TagForm(forms.Form):
    """A word to find it again by."""

    name = forms.CharField(max_length=40)


class MoveForm(forms.Form):
    """Another door. Any inbox may be chosen: whoever serves it will see it from then on."""

    inbox = forms.ModelChoiceField(Inbox.objects.filter(archived_at=None))


class BlockForm(forms.Form):
    """An address or a whole domain whose mail goes to spam."""

    address = forms.CharField(max_length=254)
    why = forms.CharField(max_length=240, required=False, label=gettext_lazy("Why"))
    spam = forms.BooleanField(required=False)


class SavedReplyForm(forms.Form):
    """A saved reply: how one finds it, its words, and who is offered it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy(
        "Where one answers, # and the first letters of any of its words find it."))
    text = forms.CharField(label=gettext_lazy("Its words"), max_length=MAX_TEXT, strip=False,
                           widget=forms.Textarea(attrs={"rows": 9}))
    team = forms.ModelChoiceField(Team.objects.none(), label=gettext_lazy("Who is offered it"), required=False,
                                  empty_label=gettext_lazy("everyone"))

    def __init__(self, *args, principal, **options):
        super().__init__(*args, **options)
        self.fields["team"].queryset = Team.objects.led_by(principal)

    def clean_text(self):
        """Words with no place in them that does not exist."""
        text = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        try:
            check(text)
        except UnknownField as unknown:
            raise forms.ValidationError(_(
                "“{%(name)s}” is none of the places that fill themselves; they are listed below. "
                "Take one of those, or write it without the braces.") % {"name": unknown.name}) from unknown
        return text
