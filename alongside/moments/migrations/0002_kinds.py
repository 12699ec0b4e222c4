"""Kinds of moments and their ideas become rows; what was noted keeps its kind, and one in own words has none."""

import django.db.models.deletion
from django.db import migrations, models

OWN = "own"
CAME = ("greeted", "smile", "carried", "peace", "asked_after", "unhurried", "extra", "kept_back", "showed", "introduced",
        "thanked")


def bind(apps, schema_editor):
    """Have a row for every kind that came with the house or was noted; `loading.py` gives them their words."""
    Moment, MomentKind = apps.get_model("moments", "Moment"), apps.get_model("moments", "MomentKind")
    Moment.objects.filter(kind=OWN).update(kind=None)
    noted = Moment.objects.exclude(kind=None).order_by("kind").values_list("kind", flat=True).distinct()
    keys = dict.fromkeys([*CAME, *noted])
    MomentKind.objects.bulk_create(MomentKind(key=key, label=key, order=order) for order, key in enumerate(keys))


def unbind(apps, schema_editor):
    """What is in own words says so again."""
    apps.get_model("moments", "Moment").objects.filter(kind=None).update(kind=OWN)


class Migration(migrations.Migration):

    dependencies = [
        ('moments', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MomentKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('here', models.JSONField(blank=True, default=list)),
                ('retired_at', models.DateTimeField(null=True)),
                ('key', models.SlugField(max_length=24, unique=True)),
                ('label', models.CharField(max_length=120)),
                ('icon', models.CharField(default='moment', max_length=24)),
                ('rests', models.PositiveIntegerField(default=14)),
                ('order', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Idea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('here', models.JSONField(blank=True, default=list)),
                ('retired_at', models.DateTimeField(null=True)),
                ('key', models.SlugField(blank=True, max_length=24)),
                ('words', models.CharField(max_length=200)),
                ('fits', models.JSONField(blank=True, default=list)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ideas', to='moments.momentkind')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('kind', 'key'), name='idea_key_once')],
            },
        ),
        migrations.AlterField(
            model_name='moment',
            name='kind',
            field=models.CharField(default=OWN, max_length=24, null=True),
        ),
        migrations.RunPython(bind, unbind),
        migrations.AlterField(
            model_name='moment',
            name='kind',
            field=models.ForeignKey(blank=True, db_column='kind', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moments.momentkind', to_field='key'),
        ),
        migrations.AddField(
            model_name='moment',
            name='idea',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='moments.idea'),
        ),
    ]
