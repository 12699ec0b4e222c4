"""Forms for mail addresses: which one, how it is reached, from when on it is read."""

import ipaddress
import re
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.channels.email.models import Mailbox
from alongside.channels.email.models.mailbox import SECURITY
from alongside.conversations.models import Inbox
from alongside.members.models import Team

STARTS = [("now", _("From now on")), ("week", _("The last 7 days")), ("month", _("The last 30 days")),
          ("quarter", _("The last 90 days")), ("all", _("Everything that is there"))]  # fmt: skip
_WITH_PORT = re.compile(r"([^:\s]+):([0-9]{1,5})")
DAYS = {"now": 0, "week": 7, "month": 30, "quarter": 90, "all": 36_500}


class AddressForm(forms.Form):
    """The address to connect."""

    address = forms.EmailField(label=_("Mail address"), max_length=254, widget=forms.EmailInput(
        attrs={"placeholder": "hello@example.org", "autocomplete": "off"}))  # fmt: skip

    def clean_address(self):
        """In one writing; one that is connected already is not connected twice."""
        address = self.cleaned_data["address"].lower()
        if Mailbox.objects.filter(address=address).exclude(state=Mailbox.NEW).exists():
            raise forms.ValidationError(_("This address is connected already."))
        return address


class ServersForm(forms.Form):
    """How an address is reached. A password that is left empty stays as it was."""

    name = forms.CharField(label=_("Name beside the address"), max_length=120, required=False,
                           help_text=_("As people read it: “Lena, Market Street Café”."))  # fmt: skip
    inbox = forms.ModelChoiceField(Inbox.objects.filter(archived_at=None), label=_("Its mail stands in"),
                                   required=False, empty_label=_("an inbox of its own"))  # fmt: skip
    teams = forms.ModelMultipleChoiceField(Team.objects.all(), label=_("Who answers"), required=False,
                                           widget=forms.CheckboxSelectMultiple)  # fmt: skip
    imap_login = forms.CharField(label=_("Name to sign in with"), max_length=254, required=False,
                                 help_text=_("Most often the address itself."))  # fmt: skip
    password = forms.CharField(label=_("Password"), required=False, max_length=500, strip=False,
                               widget=forms.PasswordInput(attrs={"autocomplete": "off"}))  # fmt: skip
    imap_host = forms.CharField(label=_("Server for incoming mail (IMAP)"), max_length=253, required=False)
    imap_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=993)
    imap_security = forms.ChoiceField(label=_("Security"), choices=SECURITY, initial="tls")
    imap_folder = forms.CharField(label=_("Folder"), max_length=254, initial="INBOX")
    receives_by_smtp = forms.BooleanField(label=_("Mail is forwarded to our own receiver"), required=False)
    smtp_host = forms.CharField(label=_("Server for outgoing mail (SMTP)"), max_length=253, required=False)
    smtp_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=587)
    smtp_security = forms.ChoiceField(label=_("Security"), choices=SECURITY, initial="starttls")
    smtp_login = forms.CharField(label=_("Another name for sending"), max_length=254, required=False)
    smtp_password = forms.CharField(label=_("Another password for sending"), required=False, max_length=500,
                                    strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"}))  # fmt: skip
    plus_addresses = forms.BooleanField(
        label=_("Mail to name+something@ arrives here too"), required=False,
        help_text=_("Then every answer finds its conversation, even where a mail program forgets what it answers."),
    )  # fmt: skip

    COLUMNS = ("name", "imap_host", "imap_port", "imap_security", "imap_folder", "receives_by_smtp", "smtp_host",
               "smtp_port", "smtp_security", "plus_addresses")  # fmt: skip

    def clean(self):
        """There has to be a way in; a password never goes over an open line to somebody else's house."""
        given = super().clean()
        if not given.get("imap_host") and not given.get("receives_by_smtp"):
            self.add_error("imap_host", _("Without this server, or mail forwarded to us, nothing would arrive."))
        for side in ("imap", "smtp"):
            host = (given.get(f"{side}_host") or "").strip()
            both = _WITH_PORT.fullmatch(host)
            if both and 0 < int(both[2]) < 65536:  # as providers like to write it
                host, given[f"{side}_port"] = both[1], int(both[2])
            given[f"{side}_host"] = host
            if host and given.get(f"{side}_security") == "none" and not is_near(host):
                self.add_error(f"{side}_security", _("The password would travel in the open. Choose TLS or STARTTLS."))
        return given

    def onto(self, mailbox: Mailbox) -> Mailbox:
        """Write what was given onto a mailbox, without saving it."""
        given = self.cleaned_data
        for name in self.COLUMNS:
            setattr(mailbox, name, given[name])
        if given["inbox"]:
            mailbox.inbox = given["inbox"]
        mailbox.imap_login = given["imap_login"].strip() or mailbox.address
        mailbox.smtp_login = given["smtp_login"].strip() or mailbox.imap_login
        if given["password"]:
            mailbox.imap_password = given["password"]
            if not given["smtp_password"]:
                mailbox.smtp_password = given["password"]
        if given["smtp_password"]:
            mailbox.smtp_password = given["smtp_password"]
        if not mailbox.sealed_smtp_password:
            mailbox.smtp_login = ""  # a server in the house that asks for no name
        return mailbox

    @classmethod
    def filled_from(cls, mailbox: Mailbox) -> dict:
        """What the form shows of a mailbox; never a password."""
        shown = {name: getattr(mailbox, name) for name in cls.COLUMNS}
        shown |= {"imap_login": mailbox.imap_login, "inbox": mailbox.inbox_id}
        return shown | {"smtp_login": "" if mailbox.smtp_login == mailbox.imap_login else mailbox.smtp_login}


class AnswersForm(forms.Form):
    """What stands below the letters from an inbox, for whoever receives them."""

    signature = forms.CharField(
        label=_("Signature of the inbox"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Goes under every letter from here, after the member's own."),
    )  # fmt: skip
    quotes = forms.BooleanField(
        label=_("Quote what they wrote below our answers"), required=False,
        help_text=_("As mail programs do: up to 80 lines of the letter that is answered, never notes."),
    )  # fmt: skip


class StartForm(forms.Form):
    """From when on mail is brought."""

    since = forms.ChoiceField(label=_("Which mail shall come in?"), choices=STARTS, initial="now",
                              widget=forms.RadioSelect)  # fmt: skip

    def moment(self):
        """The chosen moment."""
        return timezone.now() - timedelta(days=DAYS[self.cleaned_data["since"]])


def is_near(host: str) -> bool:
    """Whether a host is this machine or in its own network: a bare name, or a private address."""
    host = host.strip("[]").lower()
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or "." not in host
    return address.is_loopback or address.is_private
