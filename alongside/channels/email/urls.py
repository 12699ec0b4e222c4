"""Addresses of the mail room's pages, among the settings."""

from django.urls import path

from alongside.channels.email import views

urlpatterns = [
    path("settings/mail", views.addresses, name="settings_mail"),
    path("settings/mail/servers", views.servers, name="settings_mail_servers"),
    path("settings/mail/aside", views.aside, name="settings_mail_aside"),
    path("settings/mail/aside/<int:raw_id>/take-in", views.take_in, name="settings_mail_take_in"),
    path("settings/mail/inboxes/<int:inbox_id>", views.of_inbox, name="settings_mail_inbox"),
    path("settings/mail/<int:mailbox_id>", views.mailbox, name="settings_mailbox"),
    path("settings/mail/<int:mailbox_id>/answers", views.answers, name="settings_mail_answers"),
    path("settings/mail/<int:mailbox_id>/start", views.start, name="settings_mail_start"),
    path("settings/mail/<int:mailbox_id>/pause", views.pause, name="settings_mail_pause"),
    path("settings/mail/<int:mailbox_id>/resume", views.resume, name="settings_mail_resume"),
    path("settings/mail/<int:mailbox_id>/disconnect", views.disconnect, name="settings_mail_disconnect"),
]
