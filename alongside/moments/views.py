"""Settings of small kindnesses: the kinds that can be noted, their order, and the ideas that are proposed."""

from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.answers import answer
from alongside.moments.forms import IdeaForm, KindForm
from alongside.moments.models import Idea, MomentKind


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(role="lead")
def kinds(request):
    """The kinds in their order; add one of your own."""
    form = KindForm(asked.sent(request))
    if request.method == "POST" and form.is_valid():
        return redirect("moments:kind", MomentKind.make(**form.cleaned_data).id)
    held = list(MomentKind.objects.visible_to(request.principal).prefetch_related("ideas"))
    return answer(request, "moments/kinds.html", {
        "kinds": [kind for kind in held if not kind.retired_at],
        "retired": [kind for kind in held if kind.retired_at], "form": form,
    })


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(role="lead")
def kind(request, id):
    """One kind: what it is called, and its ideas."""
    held = _kind(request, id)
    form = KindForm(asked.sent(request), initial=_about(held))
    if request.method == "POST" and form.is_valid():
        held.change(**form.cleaned_data)
        return redirect("moments:kinds")
    return _page_of(request, held, form=form)


@require_POST
@members_only(role="lead")
def move(request, id):
    """One place up or down (`way`)."""
    ways = {"up": -1, "down": 1}
    if request.POST.get("way") not in ways:
        raise BadRequest("way")
    _kind(request, id).move(ways[request.POST["way"]])
    return redirect("moments:kinds")


@require_POST
@members_only(role="lead")
def retire(request, id):
    """Offer it no more, or again; what was noted stays."""
    _turn(_kind(request, id))
    return redirect("moments:kinds")


@require_POST
@members_only(role="lead")
def new_idea(request, id):
    """Another way to do it."""
    held, form = _kind(request, id), IdeaForm(request.POST)
    if not form.is_valid():
        return _page_of(request, held, new=form)
    held.add_idea(**form.cleaned_data)
    return redirect("moments:kind", held.id)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(role="lead")
def idea(request, id, idea_id):
    """Say an idea otherwise, or for whom it is meant."""
    held = _idea(request, id, idea_id)
    form = IdeaForm(asked.sent(request), initial={"words": held.shown, "fits": held.fits})
    if request.method == "POST" and form.is_valid():
        held.change(**form.cleaned_data)
        return redirect("moments:kind", held.kind_id)
    return answer(request, "moments/idea.html", {"idea": held, "form": form})


@require_POST
@members_only(role="lead")
def retire_idea(request, id, idea_id):
    """Propose it no more, or again."""
    held = _idea(request, id, idea_id)
    _turn(held)
    return redirect("moments:kind", held.kind_id)


def _page_of(request, held: MomentKind, form=None, new=None):
    ideas = list(held.ideas.all())
    return answer(request, "moments/kind.html", {
        "kind": held, "form": form or KindForm(initial=_about(held)), "new": new or IdeaForm(auto_id="new_%s"),
        "ideas": [each for each in ideas if not each.retired_at],
        "retired": [each for each in ideas if each.retired_at],
    })


def _about(held: MomentKind) -> dict:
    return {"label": held.shown, "icon": held.icon, "rests": held.rests}


def _turn(held) -> None:
    held.bring_back() if held.retired_at else held.retire()


def _kind(request, id) -> MomentKind:
    return get_object_or_404(MomentKind.objects.visible_to(request.principal), pk=id)


def _idea(request, id, idea_id) -> Idea:
    return get_object_or_404(_kind(request, id).ideas.select_related("kind"), pk=idea_id)
