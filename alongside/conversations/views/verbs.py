"""What is done with one conversation: done, later, to whom, which words on it, where it stands."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.conversations import blocking, tagging, trash
from alongside.conversations.forms import (
    BlockForm,
    HandOverForm,
    MoveForm,
    PriorityForm,
    SubjectForm,
    TagForm,
    UntilForm,
)
from alongside.conversations.letters import BadAddress
from alongside.conversations.models import Block, Inbox, Reading, Tag
from alongside.conversations.views.loading import place_of, visible
from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.look.times import exact_words
from alongside.members.models import Member, Team
from alongside.people.models import EMAIL


def acts(function=None, *, form=None):
    """A view that loads the conversation, lets `function(request, conversation)` act, and goes back to it.

    With a `form` it is told what was filled in, as `function(request, conversation, told)`; what is filled in wrongly
    is said, and nothing done. `function` may return True to go back to the list.
    """

    def decorate(function):
        @wraps(function)
        def view(request, id, **more):
            conversation = visible(request, id).standing()
            filled = form(request.POST) if form else None
            if filled and not filled.is_valid():
                return _wrong(request, conversation, filled)
            told = [filled.cleaned_data] if filled else []
            to_list = function(request, conversation, *told, **more)
            place = place_of(request)
            return redirect(place.list_href if to_list else place.conversation_href(conversation.id))

        return require_POST(members_only(view))

    return decorate(function) if function else decorate


def chooses(template: str, form, choices):
    """A view that shows `choices()` as a list in `template`, or lets `function(request, conversation, told)` act.

    Afterwards whoever does not see the conversation any more is led to the list.
    """

    def decorate(function):
        @wraps(function)
        def view(request, id):
            conversation, place = visible(request, id).standing(), place_of(request)
            if request.method != "POST":
                return render(request, template, {"conversation": conversation, "place": place, **choices()})
            filled = form(request.POST)
            if not filled.is_valid():
                return _wrong(request, conversation, filled)
            function(request, conversation, filled.cleaned_data)
            return _back_where_seen(request, conversation, place)

        return require_http_methods(["GET", "HEAD", "POST"])(members_only(view))

    return decorate


def _by(request):
    return request.member.person


def _name(conversation) -> str:
    return conversation.whom.name or _("Someone new")


@acts
def close(request, conversation):
    """Call it done."""
    conversation.close(by=_by(request))
    messages.success(request, _("Done: %(name)s. An answer opens it again.") % {"name": _name(conversation)})
    return True


@acts
def reopen(request, conversation):
    """Bring it back among the open ones."""
    conversation.reopen(by=_by(request))


@acts(form=UntilForm)
def snooze(request, conversation, told):
    """Let it rest until an hour."""
    conversation.snooze(told["until"], by=_by(request))
    messages.success(request, _("%(name)s rests until %(when)s, or until an answer comes.") % {
        "name": _name(conversation), "when": exact_words(told["until"])})
    return True


@acts(form=PriorityForm)
def prioritise(request, conversation, told):
    """Say how soon an answer is wanted."""
    conversation.prioritise(told["priority"], by=_by(request))


@acts(form=SubjectForm)
def retitle(request, conversation, told):
    """Change what it is about, for us."""
    conversation.retitle(told["subject"], by=_by(request))


@acts(form=TagForm)
def tag(request, conversation, told):
    """Put a word on it."""
    try:
        tagging.tag(conversation, told["name"], by=_by(request))
    except ValueError:
        messages.error(request, _("A tag needs at least one letter."))


@acts
def untag(request, conversation, tag_id):
    """Take a word off it."""
    tagging.untag(conversation, get_object_or_404(Tag, pk=tag_id), by=_by(request))


@acts
def unread(request, conversation):
    """Leave it unread, to be looked at again."""
    Reading.unmark(conversation, request.member)
    return True


@acts
def spam(request, conversation):
    """Put it among the spam."""
    conversation.mark_spam(by=_by(request))
    messages.success(request, _("It lies among the spam now, and can be taken out again."))
    return True


@acts
def throw_away(request, conversation):
    """Put it in the trash."""
    conversation.throw_away(by=_by(request))
    messages.success(request, _("It lies in the trash now, and can be taken out again."))
    return True


@acts
def purge(request, conversation):
    """Delete it for good; only the owner may, and only from the trash."""
    try:
        trash.purge(conversation, request.principal, by=_by(request))
    except trash.NotInTrash as kept:
        raise PermissionDenied from kept
    messages.success(request, _("It is gone, with all that was in it."))
    return True


def _hands() -> dict:
    colleagues = Member.objects.filter(is_active=True).select_related("person").order_by("person__sort_key")
    return {"teams": Team.objects.all(), "colleagues": colleagues}


@chooses("conversations/hand_over.html", HandOverForm, _hands)
def hand_over(request, conversation, told):
    """To whom it may be given, as a list; and giving it to them."""
    if "member" in request.POST:
        conversation.assign(told["member"], by=_by(request))
    if "team" in request.POST:
        conversation.hand_to(told["team"], by=_by(request))


@chooses("conversations/move.html", MoveForm, lambda: {"inboxes": Inbox.objects.filter(archived_at=None)})
def move(request, conversation, told):
    """Behind which door it may stand, as a list; and putting it there."""
    conversation.move(told["inbox"], by=_by(request))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def block(request, id):
    """Which address or domain to keep out, and why; and doing so. What is kept out already, and the way back."""
    conversation, place = visible(request, id).standing(), place_of(request)
    address = conversation.participants.order_by("id").values_list("address", flat=True).first() or ""
    given = Block.objects.covering(_addresses_of(conversation)).select_related("by")
    form = BlockForm(asked.sent(request), initial={"address": "" if given else address or conversation.whom.email})
    if request.method == "POST" and form.is_valid():
        try:
            blocking.block(form.cleaned_data["address"], by=_by(request), why=form.cleaned_data["why"])
        except BadAddress:
            form.add_error("address", _("This is neither a mail address nor a domain such as @example.org."))
        except blocking.OurOwn:
            form.add_error("address", _("This is one of our own addresses; blocking it would shut our own door."))
        else:
            if form.cleaned_data["spam"]:
                conversation.mark_spam(by=_by(request))
            messages.success(request, _("What comes from %(address)s goes to the spam from now on.") % {
                "address": form.cleaned_data["address"]})
            return redirect(place.list_href)
    return render(request, "conversations/block.html", {
        "conversation": conversation, "place": place, "form": form, "given": given}, status=422 if form.errors else 200)


def _addresses_of(conversation) -> list[str]:
    """Whoever takes part, and every way to write to its person."""
    reached = [identity.key for identity in conversation.whom.reached if identity.kind == EMAIL]
    return [*conversation.participants.values_list("address", flat=True), *reached]


@require_safe
@members_only
def tags(request):
    """Words that begin like `q`, for the field of tags."""
    found = tagging.beginning_with(asked.words(request, most=40))
    return JsonResponse({"results": [{"value": tag.name, "name": tag.name, "hint": ""} for tag in found]})


def _back_where_seen(request, conversation, place):
    """Back to the conversation, or to the list when it is no longer for this reader to see."""
    try:
        visible(request, conversation.id)
    except Http404:
        messages.success(request, _("It stands behind another door now, where others look after it."))
        return redirect(place.list_href)
    return redirect(place.conversation_href(conversation.id))


def _wrong(request, conversation, form):
    """Say what is wrong with the first field that is, and stay."""
    messages.error(request, next(str(error) for errors in form.errors.values() for error in errors))
    return redirect(place_of(request).conversation_href(conversation.id))
