"""Mail in and mail out: mailboxes, raw mail, the outbox, the post office."""

from django.apps import AppConfig


class EmailChannel(AppConfig):
    name = "alongside.channels.email"
    label = "email_channel"
