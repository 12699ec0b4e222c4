"""A note and a message are drafted side by side; a scheduled send remembers what was seen; answers quote."""

from django.db import migrations, models

# A draft that was to become a note moves to the note's own place; where words lie there already, they go below.
APART = [
    """UPDATE conversations_draft AS note SET text = note.text || E'\\n\\n' || other.text, revision = note.revision + 1
         FROM conversations_draft AS other
        WHERE note.kind = 'note' AND other.kind = 'message' AND other.mode = 'note' AND other.text <> ''
          AND other.conversation_id = note.conversation_id AND other.member_id = note.member_id""",
    """DELETE FROM conversations_draft AS other USING conversations_draft AS note
        WHERE note.kind = 'note' AND other.kind = 'message' AND other.mode = 'note'
          AND other.conversation_id = note.conversation_id AND other.member_id = note.member_id""",
    "UPDATE conversations_draft SET mode = 'new' WHERE mode = 'note' AND kind <> 'note' AND conversation_id IS NULL",
    "UPDATE conversations_draft SET kind = 'note' WHERE mode = 'note' AND kind <> 'note'",
    "UPDATE conversations_draft SET mode = 'note' WHERE kind = 'note' AND mode <> 'note'",
]


class Migration(migrations.Migration):
    """See above."""

    dependencies = [("conversations", "0001_initial")]

    operations = [
        migrations.RunSQL(APART, migrations.RunSQL.noop),
        migrations.AddField("message", "seen_id", models.BigIntegerField(null=True)),
        migrations.AddField("inbox", "quotes", models.BooleanField(default=True)),
        migrations.AddConstraint(
            "draft",
            models.CheckConstraint(
                name="draft_note_stays_note",
                condition=models.Q(("kind", "note"), ("mode", "note"))
                | (~models.Q(("kind", "note")) & ~models.Q(("mode", "note"))),
            ),
        ),
    ]
