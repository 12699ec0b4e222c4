"""Who opened whose card, and when."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_clusters_relations_addresses")]

    operations = [
        migrations.CreateModel(
            name="CardOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+",
                                         to="people.person")),
                ("person", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE,
                                             related_name="openings", to="people.person")),
            ],
            options={"indexes": [models.Index(fields=["person", "-at"], name="card_opening_of")]},
        ),
    ]
