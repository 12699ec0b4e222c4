"""A new kind of notification: a message that was held back because somebody wrote before it left."""

from django.db import migrations, models

KINDS = [
    ("assigned", "A conversation was given to me"),
    ("mentioned", "A colleague asked me by name"),
    ("answered", "Someone wrote in a conversation of mine"),
    ("arrived", "A new conversation reached my team"),
    ("failed", "A message of mine did not arrive"),
    ("unknown", "Nobody knows whether a message of mine arrived"),
    ("stopped", "A message of mine was held back, because somebody wrote before it left"),
    ("woken", "A snoozed conversation of mine woke"),
]


class Migration(migrations.Migration):
    """See above."""

    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AlterField("notification", "kind", models.CharField(choices=KINDS, max_length=12)),
        migrations.AlterField("wish", "kind", models.CharField(choices=KINDS, max_length=12)),
    ]
