"""One thing done with many conversations that were chosen in a list."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from alongside.conversations import bulk
from alongside.conversations.forms import PriorityForm, TagForm, UntilForm
from alongside.conversations.models import Inbox, Tag
from alongside.conversations.views.loading import number
from alongside.lib.access import members_only
from alongside.members.models import Member, Team


@require_POST
@members_only
def chosen(request):
    """Do the verb in `act` to every conversation in `chosen`, and say to how many it was done."""
    act, ids = request.POST.get("act", ""), [number(id) for id in request.POST.getlist("chosen") if id]
    verb, _space, argument = act.partition(" ")
    try:
        if not ids:
            messages.info(request, _("Nobody is chosen. Tick a row first, or press x on it."))
        else:
            _say(request, bulk.apply(request.principal, verb, ids, by=request.member.person,
                                     **_arguments(request, verb, argument)))
    except bulk.TooMany:
        messages.error(request, _("These are too many at once. At most %(most)s go.") % {"most": bulk.MOST})
    except bulk.UnknownVerb as unknown:
        raise BadRequest("act") from unknown
    except ValueError as wrong:
        messages.error(request, str(wrong))
    return redirect(_back(request))


@require_safe
@members_only
def choices(request):
    """To whom, which words, which door: what the bar needs for many."""
    return render(request, "conversations/bulk_choices.html", {
        "colleagues": Member.objects.filter(is_active=True).select_related("person").order_by("person__sort_key"),
        "teams": Team.objects.all(), "inboxes": Inbox.objects.filter(archived_at=None),
        "tags": Tag.objects.all()[:100]})


def _arguments(request, verb: str, argument: str) -> dict:
    """What the verb needs beside the conversations. Raises ValueError with words for a missing or wrong one."""
    post = request.POST
    if verb == "assign":
        if argument == "me":
            return {"member": request.member}
        return {"member": _one(Member.objects.filter(is_active=True), post.get("member")) if argument != "nobody"
                else None}
    if verb == "hand_to":
        return {"team": _one(Team.objects, post.get("team"))}
    if verb == "move":
        return {"inbox": _one(Inbox.objects.filter(archived_at=None), post.get("inbox"))}
    if verb == "untag":
        return {"tag": _one(Tag.objects, post.get("untag"))}
    if verb == "tag":
        return _cleaned(TagForm(post), _("Write the word to tag them with."))
    if verb == "snooze":
        return _cleaned(UntilForm({"until": argument or post.get("until", "")}))
    if verb == "prioritise":
        return _cleaned(PriorityForm({"priority": argument}))
    return {}


def _one(queryset, text):
    id = number(text)
    if id is None:
        raise ValueError(_("Choose one from the list first."))
    return get_object_or_404(queryset, pk=id)


def _cleaned(form, words: str = "") -> dict:
    if not form.is_valid():
        raise ValueError(words or next(str(error) for errors in form.errors.values() for error in errors))
    return form.cleaned_data


def _say(request, done) -> None:
    words = ngettext("Done with %(count)s.", "Done with all %(count)s.", done.count) % {"count": done.count}
    if done.skipped:
        words += " " + ngettext("%(count)s was left as it is.", "%(count)s were left as they are.", done.skipped) % {
            "count": done.skipped}
        messages.warning(request, words)
    else:
        messages.success(request, words)


def _back(request) -> str:
    """The list one came from, where it is one of ours."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/inbox"
