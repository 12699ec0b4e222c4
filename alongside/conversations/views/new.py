"""Writing first: a page for a letter to someone, kept as a draft from its first word."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.conversations import drafting, writing
from alongside.conversations.composing import Composing, chips
from alongside.conversations.forms import LetterForm, read_addresses
from alongside.conversations.letters import Address, BadAddress, NobodyToWriteTo, TooLong
from alongside.conversations.models import Draft, Inbox
from alongside.conversations.signing import signature
from alongside.conversations.views.loading import number
from alongside.conversations.views.writing import WRONG, files_of, keep_draft, letter_of, words_of
from alongside.conversations.whens import choices
from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.people.models import Person


@require_safe
@members_only
def new(request):
    """Begin a letter: a fresh page for it, addressed to `person` or `to` where one is named."""
    begun = {}
    if id := number(request.GET.get("person")):
        person = get_object_or_404(Person.objects.visible_to(request.principal), pk=id).standing()
        begun["to"] = [Address(person.email, person.full_name or person.called)] if person.email else []
    elif to := asked.words(request, "to", 500):
        begun["to"] = read_addresses(to)
    blank = Draft.objects.filter(member=request.member, conversation=None, text="", subject="", to=[], files=[],
                                 saved_at__lt=timezone.now() - timedelta(hours=1)).first()
    if blank and not begun:
        return redirect("conversations:draft_page", blank.id)
    return redirect("conversations:draft_page", drafting.save(request.member, mode="new", **begun).id)


@require_safe
@members_only
def page(request, id):
    """A letter that has not begun its conversation yet."""
    return _page(request, _draft(request, id))


@require_http_methods(["PUT", "POST", "DELETE"])
@members_only
def keep(request, id):
    """Keep the letter as it stands, or throw it away."""
    draft = _draft(request, id)
    if request.method == "DELETE":
        drafting.discard(draft.id, request.member)
        return HttpResponse(status=204)
    return keep_draft(request, draft_id=draft.id)


@require_POST
@members_only
def discard(request, id):
    """Throw the letter away, and go back to the inbox."""
    drafting.discard(_draft(request, id).id, request.member)
    return redirect("conversations:inbox")


@require_POST
@members_only
def send(request, id):
    """Send the letter: with it a conversation begins. The same form again leads to the conversation that began."""
    form = LetterForm(request.POST)
    if not Draft.objects.filter(pk=id, member=request.member, conversation=None).exists():
        said = writing.said_before(request.member.person, request.POST.get("once", ""))
        if said is None:
            raise Http404
        return redirect("conversations:conversation", said.conversation_id)
    if not form.is_valid():
        return _again(request, id, form, next(str(e) for errors in form.errors.values() for e in errors))
    if form.cleaned_data["action"] == "keep":
        return _again(request, id, form, "", status=200)
    data, by = form.cleaned_data, request.member.person
    inbox = Inbox.objects.visible_to(request.principal).filter(pk=data["inbox"] or 0, archived_at=None).first()
    if inbox is None:
        return _again(request, id, form, _("Choose the inbox from which it goes."))
    if not (data["body"].strip() or request.POST.getlist("files") or request.FILES):
        return _again(request, id, form, _("There is nothing in it yet. Write a word, or add a file."))
    try:
        letter = letter_of(request, form).checked()
        person = writing.person_at((letter.to or letter.cc or letter.bcc)[0], by=by)
        message = writing.begin(inbox=inbox, person=person, letter=letter, by=by, once=data["once"], draft=id)
    except (NobodyToWriteTo, BadAddress, TooLong) as wrong:
        return _again(request, id, form, words_of(wrong))
    if data["action"] == "send-done":
        message.conversation.close(by=by)
    messages.success(request, _("Your letter to %(name)s leaves in a moment.") % {
        "name": person.name or letter.to[0].address if letter.to else person.name})
    return redirect("conversations:conversation", message.conversation_id)


def _page(request, draft: Draft, composing: Composing | None = None, chosen: int | None = None, status: int = 200):
    inboxes = list(Inbox.objects.visible_to(request.principal).filter(archived_at=None))
    return render(request, "conversations/new.html", {
        "draft": draft, "composing": composing or _begun(draft, request), "inboxes": inboxes,
        "chosen": chosen or draft.inbox_id,
        "signatures": [(inbox, signature(inbox, request.member)) for inbox in inboxes],
        "later_choices": [(when.words, when.local) for when in choices()],
        "others": [d for d in drafting.new_ones(request.member) if d.id != draft.id][:5],
    }, status=status)


def _begun(draft: Draft, request) -> Composing:
    lines = {role: [Address(a["address"], a["name"]) for a in getattr(draft, role)] for role in ("to", "cc", "bcc")}
    return Composing(kind="new", body=draft.text, subject=draft.subject, revision=draft.revision,
                     files=chips(draft.files, request.principal),
                     kept_at=draft.saved_at, **lines)


def _again(request, id: int, form: LetterForm, wrong: str, status: int = WRONG):
    """The page once more with the same words, kept as the draft."""
    data = form.data
    lines = {role: read_addresses(data.get(role, "")[:20_000]) for role in ("to", "cc", "bcc")}
    draft = Draft.objects.filter(member=request.member, conversation=None, pk=id).first()
    composing = Composing(kind="new", body=data.get("body", ""), subject=data.get("subject", ""), wrong=wrong,
                          files=chips([file.id for file in files_of(request)], request.principal), **lines)
    try:
        draft = drafting.save(request.member, draft_id=draft and draft.id, revision=draft.revision if draft else 0,
                              text=composing.body, subject=composing.subject, mode="new",
                              files=[file["id"] for file in composing.files], **lines)
    except (drafting.DraftConflict, TooLong):
        if draft is None:
            raise Http404 from None
    composing.revision = draft.revision
    inbox = data.get("inbox", "")
    return _page(request, draft, composing, int(inbox) if inbox.isdecimal() else None, status=status)


def _draft(request, id: int) -> Draft:
    return get_object_or_404(Draft, pk=id, member=request.member, conversation=None)
