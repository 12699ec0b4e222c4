"""Gives everyone who was written down before the keys by which they are recognised."""

from django.db import migrations


def recognise_everyone(apps, schema_editor):
    from alongside.people.recognition_keys import rebuild

    rebuild()


class Migration(migrations.Migration):
    dependencies = [("people", "0004_recognition")]

    operations = [migrations.RunPython(recognise_everyone, migrations.RunPython.noop, elidable=True)]
