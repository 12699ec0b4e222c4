"""Where members, invitations, teams and their inboxes are kept."""

from django.urls import path

from alongside.desk.settings import members, teams

urlpatterns = [
    path("settings/members", members.members, name="settings_members"),
    path("settings/members/<int:member_id>/leave", members.leave, name="settings_leave"),
    path("settings/members/invite", members.invite, name="settings_invite"),
    path("settings/invitations/<int:key_id>/again", members.invite_again, name="settings_invite_again"),
    path("settings/invitations/<int:key_id>/revoke", members.revoke_invitation, name="settings_revoke_invitation"),
    path("settings/teams", teams.teams, name="settings_teams"),
    path("settings/teams/<int:team_id>", teams.team, name="settings_team"),
    path("settings/teams/<int:team_id>/describe", teams.describe, name="settings_describe_team"),
    path("settings/teams/<int:team_id>/inboxes", teams.choose_inboxes, name="settings_team_inboxes"),
    path("settings/teams/<int:team_id>/take-in", teams.take_in, name="settings_take_in"),
    path("settings/teams/<int:team_id>/let-go/<int:member_id>", teams.let_go, name="settings_let_go"),
    path("settings/teams/<int:team_id>/dissolve", teams.dissolve, name="settings_dissolve_team"),
]
