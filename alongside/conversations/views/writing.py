"""Sending what the composer holds: answers and notes in a conversation, and the draft that is kept meanwhile."""

import json

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.conversations import drafting, recipients, writing
from alongside.conversations.composing import KINDS, MODES, NOTE_KIND, WAYS, Table, chips, may_attach, written
from alongside.conversations.forms import LetterForm, read_addresses
from alongside.conversations.letters import Address, BadAddress, Letter, NobodyToWriteTo, TooLong
from alongside.conversations.models import Conversation, Draft
from alongside.conversations.views.conversation import opened_for, page_context
from alongside.conversations.views.loading import place_of, visible
from alongside.files.models import File
from alongside.lib.access import members_only

CROSSED, WRONG = 409, 422


@require_POST
@members_only
def answer(request, id):
    """Send what the composer holds, as an answer or a note; what cannot be sent is shown again, and kept."""
    return _take(request, id, request.POST)


@require_POST
@members_only
def note(request, id):
    """Keep the note for colleagues. Whatever else the form says it is, nothing that comes this way can leave."""
    given = request.POST.copy()
    given["kind"] = NOTE_KIND
    return _take(request, id, given)


@require_http_methods(["PUT", "POST", "DELETE"])
@members_only
def draft(request, id):
    """Keep what is being written in a conversation, or throw it away; with `?kind=`, only the message or the note."""
    conversation = visible(request, id).standing()
    if request.method == "DELETE":
        drafts = Draft.objects.filter(conversation=conversation, member=request.member)
        kind = request.GET.get("kind")
        (drafts.filter(kind=kind) if kind else drafts).delete()
        return HttpResponse(status=204)
    return keep_draft(request, conversation=conversation)


def _take(request, id: int, given):
    conversation, place = visible(request, id).standing(), place_of(request)
    form = LetterForm(given)
    if not form.is_valid():
        return _again(request, conversation, place, form, _first_error(form))
    if form.cleaned_data["action"] == "keep":
        return _again(request, conversation, place, form, "", status=200)
    if not (form.cleaned_data["body"].strip() or request.POST.getlist("files") or request.FILES):
        return _again(request, conversation, place, form, _("There is nothing in it yet. Write a word, or add a file."))
    try:
        _send(request, conversation, form)
    except writing.UnseenMessage as crossed:
        return _again(request, conversation, place, form, "", status=CROSSED, crossed=crossed.newest)
    except (NobodyToWriteTo, BadAddress, TooLong) as wrong:
        return _again(request, conversation, place, form, words_of(wrong))
    if form.cleaned_data["action"] == "send-done":
        conversation.close(by=request.member.person)
        return redirect(place.list_href)
    return redirect(place.conversation_href(conversation.id))


def keep_draft(request, *, conversation: Conversation | None = None, draft_id: int | None = None):
    """Save the draft in the request's JSON: 200 with its revision, or 409 with what stands instead."""
    given = _json(request)
    mode = MODES.get(str(given.get("kind")), "reply" if conversation else "new")
    try:
        fields = {
            "text": str(given.get("body", "")), "subject": str(given.get("subject", ""))[:500], "mode": mode,
            "files": _own_files(request, given.get("files") or []),
            **{role: read_addresses(str(given.get(role) or "")[:20_000]) for role in ("to", "cc", "bcc")},
        }
        kept = drafting.save(request.member, conversation=conversation, draft_id=draft_id,
                             kind="note" if mode == "note" and conversation else "message",
                             revision=int(given.get("revision") or 0), **fields)
    except drafting.DraftConflict as conflict:
        return JsonResponse(_theirs(conflict.current), status=409)
    except (TooLong, ValueError, TypeError) as wrong:
        return JsonResponse({"detail": words_of(wrong)}, status=WRONG)
    return JsonResponse({"revision": kept.revision})


def letter_of(request, form: LetterForm, addressing: recipients.Addressing | None = None) -> Letter:
    """The letter that the form sends; with `addressing` it goes there, whatever the fields say."""
    data = form.cleaned_data
    to, cc, bcc = ((addressing.to, addressing.cc, addressing.bcc) if addressing
                   else (data["to"], data["cc"], data["bcc"]))
    return Letter(data["body"].strip("\n"), to, cc, bcc, subject=data["subject"], files=files_of(request),
                  send_at=data["send_at"])


def files_of(request) -> list[File]:
    """The files that go along: those named that the reader may send, in their order, and those sent just now."""
    if not hasattr(request, "files_along"):
        ids = _own_files(request, request.POST.getlist("files"))
        known = File.objects.in_bulk(ids)
        just_now = [File.keep(given, name=given.name, content_type=given.content_type or "", by=request.member.person,
                              purpose="upload") for given in request.FILES.getlist("attach")]
        request.files_along = [known[id] for id in ids if id in known] + just_now
    return request.files_along


def words_of(wrong: Exception) -> str:
    """Why a letter could not be sent or kept, and what to do."""
    if isinstance(wrong, NobodyToWriteTo):
        return _("Nobody is named to whom it would go. Add an address.")
    if isinstance(wrong, BadAddress):
        return _("“%(address)s” is not a whole address. Is the part after the @ complete?") % {"address": wrong.address}
    if isinstance(wrong, TooLong):
        return {
            "files": _("These are more files than one letter holds. At most %(most)s go."),
            "recipients": _("These are more people than one letter reaches. At most %(most)s go."),
        }.get(wrong.what, _("This is longer than one letter holds. Put it into a file, and attach that.")) % {
            "most": wrong.most}
    return _("We could not read this. Load the page again; your words are kept.")


def _send(request, conversation: Conversation, form: LetterForm) -> None:
    data, by = form.cleaned_data, request.member.person
    if data["kind"] == "note":
        writing.note(conversation, data["body"].strip("\n"), by=by, files=files_of(request), once=data["once"],
                     draft_revision=data["revision"])
        messages.success(request, _("The note is kept. Only colleagues see it."))
        return
    addressing = None
    answered = recipients.to_answer(conversation)
    if data["kind"] == "reply" and answered:
        addressing = recipients.reply(answered)
        form.cleaned_data["subject"] = addressing.subject
    elif data["kind"] == "reply-all" and answered and not (data["to"] or data["cc"] or data["bcc"]):
        addressing = recipients.reply_all(answered)
    writing.answer(conversation, letter_of(request, form, addressing), by=by, seen_id=form.seen_id,
                   once=data["once"], draft_revision=data["revision"])


def _again(request, conversation, place, form: LetterForm, wrong: str, status: int = WRONG, crossed=None):
    """The page once more with the same words in their composer; they are kept as the draft, too."""
    opened = opened_for(request, conversation.id)
    table, data = Table.of(opened, request), form.data
    table.kind = data.get("kind") if data.get("kind") in WAYS else table.message.kind
    composing = table.on_top
    composing.kind, composing.body, composing.wrong = table.kind, data.get("body", ""), wrong
    if not table.noting:
        composing.subject = data.get("subject", composing.subject)
        for role in ("to", "cc", "bcc"):
            setattr(composing, role, read_addresses(data.get(role, "")[:20_000]) or getattr(composing, role))
    composing.files = chips([file.id for file in files_of(request)], request.principal)
    composing.revision = _kept(request, conversation, composing)
    return render(request, "conversations/conversation.html",
                  page_context(request, opened, place, table, crossed=crossed, crossed_by=_author(crossed)),
                  status=status)


def _author(message) -> str:
    return (message.author.name if message and message.author else "") or _("Someone")


def _kept(request, conversation, composing) -> int:
    """Keep the words as the draft over what stood there, since they are what its writer wanted sent."""
    kind = "note" if composing.kind == NOTE_KIND else "message"
    stands = Draft.objects.filter(conversation=conversation, member=request.member, kind=kind).first()
    revision = stands.revision if stands else 0
    try:
        return drafting.save(
            request.member, conversation=conversation, kind=kind, revision=revision, text=composing.body,
            subject=composing.subject, mode=MODES[composing.kind], to=composing.to, cc=composing.cc,
            bcc=composing.bcc, files=[file["id"] for file in composing.files]).revision
    except (drafting.DraftConflict, TooLong):
        return revision


def _theirs(current: Draft | None) -> dict:
    """What stands instead, in the composer's words."""
    if current is None:
        return {"revision": 0, "body": "", "by": ""}
    lines = {role: written(Address(a["address"], a["name"]) for a in getattr(current, role))
             for role in ("to", "cc", "bcc")}
    return {"revision": current.revision, "body": current.text, "subject": current.subject,
            "kind": KINDS.get(current.mode, "reply"), "files": [str(id) for id in current.files], "by": "", **lines}


def _own_files(request, ids) -> list[int]:
    """Those of `ids` that are files which the reader may send, in their order, each once."""
    wanted = list(dict.fromkeys(int(id) for id in ids if str(id).isascii() and str(id).isdecimal()
                                and len(str(id)) < 19))[:100]
    if not wanted:
        return []
    allowed = set(may_attach(request.principal).filter(id__in=wanted).values_list("id", flat=True))
    return [id for id in wanted if id in allowed]


def _json(request) -> dict:
    try:
        given = json.loads(request.body)
    except (ValueError, RawPostDataException) as broken:  # the latter: a form, which was read as one before
        raise BadRequest("json") from broken
    if not isinstance(given, dict):
        raise BadRequest("json")
    return given


def _first_error(form: LetterForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)
