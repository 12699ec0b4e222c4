"""Teams: who is in them and which inboxes they serve. Admins keep all; a lead keeps who is in their own."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.conversations.models import Inbox
from alongside.desk.settings.forms import InboxesForm, TakeInForm, TeamForm
from alongside.desk.settings.serving import serve
from alongside.lib.access import admins_only, members_only
from alongside.lib.answers import answer
from alongside.members import roles
from alongside.members.models import Member, Team

leads_only = members_only(role="lead")


def _led(request, team_id: int) -> Team:
    """The team, if its membership is this reader's to choose; any other is not found."""
    return get_object_or_404(Team.objects.led_by(request.principal), id=team_id)


@require_http_methods(["GET", "HEAD", "POST"])
@leads_only
def teams(request):
    """Every team that one leads; an admin may found another."""
    founder = request.principal.is_at_least("admin")
    form = TeamForm(request.POST or None) if founder else None
    if request.method == "POST" and founder and form.is_valid():
        team = Team.found(**form.cleaned_data, by=request.member.person)
        return redirect("settings_team", team.id)
    serving = Member.objects.filter(is_active=True).select_related("person").order_by("person__sort_key")
    found = Team.objects.led_by(request.principal).prefetch_related(Prefetch("members", serving), "inboxes")
    return answer(request, "desk/settings/teams.html", {"teams": found, "form": form})


def _page(request, team: Team, **forms):
    places = team.places.select_related("member__person").order_by("member__person__sort_key")
    admin = request.principal.is_at_least("admin")
    served = Inbox.objects.filter(teams=team, archived_at=None)
    context = {
        "team": team,
        "places": [place for place in places if place.member.is_active],
        "role_words": roles.WORDS,
        "served": served,
        "take_in": TakeInForm(team=team),
        "admin": admin,
        "form": TeamForm(team=team, initial={"name": team.name, "about": team.about}) if admin else None,
        "inboxes": InboxesForm(initial={"inboxes": served}) if admin else None,
        **forms,
    }
    return answer(request, "desk/settings/team.html", context)


@require_safe
@leads_only
def team(request, team_id: int):
    """One team: its members, and for an admin its name and its inboxes."""
    return _page(request, _led(request, team_id))


@require_POST
@admins_only
def describe(request, team_id: int):
    """Change the name and the purpose."""
    found = _led(request, team_id)
    form = TeamForm(request.POST, team=found)
    if not form.is_valid():
        found.refresh_from_db()
        return _page(request, found, form=form)
    found.describe(**form.cleaned_data, by=request.member.person)
    messages.success(request, _("Kept."))
    return redirect("settings_team", team_id)


@require_POST
@admins_only
def choose_inboxes(request, team_id: int):
    """Choose which inboxes the team serves."""
    found = _led(request, team_id)
    form = InboxesForm(request.POST)
    if not form.is_valid():
        return _page(request, found, inboxes=form)
    serve(found, form.cleaned_data["inboxes"], by=request.member.person)
    messages.success(request, _("Kept."))
    return redirect("settings_team", team_id)


@require_POST
@leads_only
def take_in(request, team_id: int):
    """Give an active member a place in a team that one leads."""
    found = _led(request, team_id)
    form = TakeInForm(request.POST, team=found)
    if not form.is_valid():
        return _page(request, found, take_in=form)
    member = form.cleaned_data["member"]
    found.take_in(member, by=request.member.person)
    messages.success(request, _("%(name)s is in now.") % {"name": member.name})
    return redirect("settings_team", team_id)


@require_POST
@leads_only
def let_go(request, team_id: int, member_id: int):
    """Take a member's place in a team that one leads back."""
    found = _led(request, team_id)
    member = get_object_or_404(Member.objects.select_related("person"), id=member_id, places__team=found)
    found.let_go(member, by=request.member.person)
    messages.success(request, _("%(name)s is not in this team any more.") % {"name": member.name})
    return redirect(
        "settings_teams" if member == request.member else "settings_team",
        *([] if member == request.member else [team_id]),
    )


@require_POST
@admins_only
def dissolve(request, team_id: int):
    """End a team; conversations that were handed to it are nobody's team's again."""
    found = _led(request, team_id)
    found.dissolve(by=request.member.person)
    messages.success(request, _("The team %(name)s is dissolved.") % {"name": found.name})
    return redirect("settings_teams")
