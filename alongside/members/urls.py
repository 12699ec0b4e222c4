"""Where members sign in, set up the house, and find their own settings."""

from django.urls import include, path

from alongside.members.views import hours, locations, member, organisation, sessions, set_up, their_member, you

urlpatterns = [
    path("accounts/", include("alongside.members.account_urls")),
    path("set-up", set_up.set_up, name="set_up"),
    path("settings", you.settings_index, name="settings"),
    path("settings/you", you.you, name="settings_you"),
    path("settings/you/look", you.look, name="settings_look"),
    path("settings/notifications", you.notifications, name="settings_notifications"),
    path("settings/sessions", sessions.sessions, name="settings_sessions"),
    path("settings/sessions/<int:session_id>/end", sessions.end_session, name="settings_end_session"),
    path("settings/sessions/end-others", sessions.end_other_sessions, name="settings_end_other_sessions"),
    path("settings/sessions/end-all", sessions.end_all_sessions, name="settings_end_all_sessions"),
    path("settings/organisation", organisation.organisation, name="settings_organisation"),
    path("settings/hours", hours.own, name="settings_hours"),
    path("settings/locations", locations.locations, name="settings_locations"),
    path("settings/locations/<int:location_id>", locations.location, name="settings_location"),
    path("settings/locations/<int:location_id>/closing", locations.close, name="settings_close_location"),
    path("settings/locations/<int:location_id>/opening", locations.reopen, name="settings_reopen_location"),
    path("settings/members/<int:member_id>/hours", hours.of_member, name="settings_member_hours"),
    path("settings/members/<int:member_id>", member.member, name="settings_member"),
    path("settings/members/<int:member_id>/role", member.change_role, name="settings_change_role"),
    path("settings/members/<int:member_id>/come-back", member.come_back, name="settings_come_back"),
    path("people/<int:person_id>/their-member", their_member.choose, name="people_their_member"),
]
