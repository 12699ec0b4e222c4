"""An import is taken back piece by piece: how far that has come, and when each row came in."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('importers', '0001_people_imports'),
    ]

    operations = [
        migrations.AddField(
            model_name='importedrow',
            name='at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='peopleimport',
            name='undone_to',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='peopleimport',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('running', 'running'), ('done', 'done'), ('undoing', 'undoing'), ('undone', 'undone')], default='draft', max_length=7),
        ),
    ]
