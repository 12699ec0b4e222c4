"""Tables of what people are recognised by, and of the words that stand in names and addresses."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_card_openings")]

    operations = [
        migrations.CreateModel(
            name="KnownWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(db_collation="C", max_length=60)),
                ("kind", models.CharField(choices=[("n", "name"), ("a", "place")], max_length=1)),
                ("sound", models.CharField(db_collation="C", max_length=60)),
                ("uses", models.IntegerField(default=1)),
                ("deletions", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
            options={
                "indexes": [
                    models.Index(models.F("kind"), models.F("word"), name="known_word"),
                    models.Index(models.F("sound"), name="known_word_by_sound"),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["deletions"], name="known_word_by_deletion"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecognitionKeys",
            fields=[
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True,
                                                related_name="recognition_keys", serialize=False, to="people.person")),
                ("keys", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "verbose_name_plural": "recognition keys",
                "indexes": [django.contrib.postgres.indexes.GinIndex(
                    fastupdate=False, fields=["keys"], name="recognition_keys")],
            },
        ),
    ]
