"""An import can be stopped; and how many rows it has is known from the start."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('importers', '0002_taking_back_in_pieces'),
    ]

    operations = [
        migrations.AddField(
            model_name='peopleimport',
            name='whole',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='peopleimport',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('running', 'running'), ('stopped', 'stopped'), ('done', 'done'), ('undoing', 'undoing'), ('undone', 'undone')], default='draft', max_length=7),
        ),
    ]
