"""Pages for admins: the mail addresses of the house, connecting one step by step, and what was set aside."""

from dataclasses import asdict

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.channels.email import connecting, intake, placing
from alongside.channels.email.forms import AddressForm, AnswersForm, ServersForm, StartForm
from alongside.channels.email.mailserver import Trouble
from alongside.channels.email.models import Mailbox, RawMail
from alongside.channels.email.providers import guess
from alongside.conversations.models import Inbox
from alongside.lib.access import admins_only
from alongside.lib.answers import answer
from alongside.members.models import Organisation

ASIDE_SHOWN = 100
page = require_http_methods(["GET", "HEAD", "POST"])
KINDS = {
    "bounce": gettext_lazy("a letter that came back"),
    "auto_reply": gettext_lazy("an automatic answer"),
    "notice": gettext_lazy("a notice"),
    "own": gettext_lazy("a letter of ours"),
}


@page
@admins_only
def addresses(request):
    """Every mail address and how it is; a form to connect another."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        known = Mailbox.objects.filter(address=address).first()
        if known:
            return redirect("settings_mailbox", known.pk)
        request.session["connecting"] = address
        return redirect("settings_mail_servers")
    boxes = Mailbox.objects.select_related("inbox").order_by("address")
    aside = RawMail.objects.filter(state=RawMail.ASIDE).count()
    return answer(request, "email/addresses.html", {"boxes": boxes, "form": form, "aside": aside})


@page
@admins_only
def servers(request):
    """The second step: servers and password, guessed from the address and tested before anything is kept."""
    address = request.session.get("connecting")
    if not address:
        return redirect("settings_mail")
    mailbox, found = Mailbox(address=address), guess(address)
    initial = {key: value for key, value in asdict(found).items() if key not in ("sure", "hint")}
    about = {"name": Organisation.ours().name, "imap_login": address, "imap_folder": "INBOX"}
    return _edit(request, mailbox, found, {**initial, **about})


@page
@admins_only
def mailbox(request, mailbox_id: int):
    """One address: how it is, and everything about it that can be changed."""
    box = get_object_or_404(Mailbox.objects.select_related("inbox"), pk=mailbox_id)
    if box.transport == Mailbox.POST_OFFICE:
        return render(request, "email/mailbox.html", {"mailbox": box, "answers": _answers_of(box)})
    return _edit(request, box, guess(box.address), ServersForm.filled_from(box))


def _edit(request, box: Mailbox, found, initial: dict):
    form = ServersForm(request.POST or None, initial=initial)
    tested = None
    if request.method == "POST" and form.is_valid():
        tested = connecting.test(form.onto(box))
        if tested.is_well:
            began = box.importing_since is not None
            connecting.keep(box, by=request.member.person, teams=form.cleaned_data["teams"])
            request.session.pop("connecting", None)
            if began:
                messages.success(request, _("Kept. Both servers answered."))
                return redirect("settings_mail")
            return redirect("settings_mail_start", box.pk)
        _tell(form, tested)
    return answer(request, "email/mailbox.html", {"mailbox": box, "form": form, "found": found, "tested": tested,
                                                  "answers": _answers_of(box)})  # fmt: skip


def _answers_of(box: Mailbox) -> AnswersForm | None:
    held = {"quotes": box.inbox.quotes, "signature": box.inbox.signature} if box.pk else {}
    return AnswersForm(initial=held) if held else None


@require_POST
@admins_only
def answers(request, mailbox_id: int):
    """Say what stands below the letters from this address's inbox."""
    box = get_object_or_404(Mailbox.objects.select_related("inbox"), pk=mailbox_id)
    form = AnswersForm(request.POST)
    if not form.is_valid():
        context = {"mailbox": box, "answers": form, "found": guess(box.address)}
        if box.transport != Mailbox.POST_OFFICE:
            context["form"] = ServersForm(initial=ServersForm.filled_from(box))
        return answer(request, "email/mailbox.html", context)
    box.inbox.put_below(**form.cleaned_data, by=request.member.person)
    messages.success(request, _("Kept. It holds for every letter that leaves from now on."))
    return redirect("settings_mailbox", mailbox_id)


@require_safe
@admins_only
def of_inbox(request, inbox_id: int):
    """Where an inbox's signature is changed: at the first of its addresses; without one, among all of them."""
    inbox = get_object_or_404(Inbox, pk=inbox_id)
    box = Mailbox.objects.filter(inbox=inbox).order_by("pk").first()
    return redirect(f"{reverse('settings_mailbox', args=[box.pk])}#answers" if box else "settings_mail")


def _tell(form: ServersForm, tested: connecting.Tested) -> None:
    if tested.trouble_in:
        form.add_error("password" if tested.refused_in else "imap_host", tested.trouble_in)
    if tested.trouble_out:
        form.add_error("smtp_host", tested.trouble_out)


@page
@admins_only
def start(request, mailbox_id: int):
    """The last step: what lies there, read only; and from when on it shall come in."""
    box = get_object_or_404(Mailbox.objects.select_related("inbox"), pk=mailbox_id, transport=Mailbox.SMTP)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        box.start(form.moment(), by=request.member.person)
        words = _("%(address)s is connected. Its mail comes in from now on.")
        messages.success(request, words % {"address": box.address})
        return redirect("settings_mail")
    seen, trouble = [], ""
    if box.imap_host:
        try:
            seen = connecting.look_around(box)
        except Trouble as told:
            trouble = str(told)
    return answer(request, "email/start.html", {"mailbox": box, "form": form, "seen": seen, "trouble": trouble})


@require_POST
@admins_only
def pause(request, mailbox_id: int):
    """Leave a mailbox alone for a while."""
    get_object_or_404(Mailbox, pk=mailbox_id, transport=Mailbox.SMTP).pause(by=request.member.person)
    return redirect("settings_mailbox", mailbox_id)


@require_POST
@admins_only
def resume(request, mailbox_id: int):
    """Read it again from where it was left."""
    get_object_or_404(Mailbox, pk=mailbox_id, state=Mailbox.PAUSED).resume(by=request.member.person)
    return redirect("settings_mailbox", mailbox_id)


@require_POST
@admins_only
def disconnect(request, mailbox_id: int):
    """Forget how to reach it; conversations stay."""
    box = get_object_or_404(Mailbox, pk=mailbox_id, transport=Mailbox.SMTP)
    connecting.disconnect(box, by=request.member.person)
    messages.success(request, _("%(address)s is disconnected. Every conversation stays.") % {"address": box.address})
    return redirect("settings_mail")


@require_safe
@admins_only
def aside(request):
    """Mail that programs wrote and that stands in no conversation, newest first."""
    found = RawMail.objects.filter(state=RawMail.ASIDE).select_related("mailbox__inbox").defer("raw").order_by("-id")
    return render(request, "email/aside.html", {"mails": found[:ASIDE_SHOWN], "kinds": KINDS})


@require_POST
@admins_only
def take_in(request, raw_id: int):
    """A member says: this one is for us after all."""
    stored = get_object_or_404(RawMail.objects.select_related("mailbox__inbox"), pk=raw_id, state=RawMail.ASIDE)
    read = intake.read_as_stored(stored)
    with transaction.atomic():
        held = RawMail.objects.select_for_update(of=("self",)).select_related("mailbox__inbox").get(pk=raw_id)
        if held.state == RawMail.ASIDE:
            placing.place(held, read, welcome=True)
    messages.success(request, _("It stands in the inbox now."))
    return redirect("settings_mail_aside")
