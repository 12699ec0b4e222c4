"""Keys for a person's visit to their own page, and for being forgotten."""

from django.db import migrations, models

PURPOSES = ["sign_in", "invitation", "api", "booth", "my_page", "my_session", "forget_me", "new_address"]


class Migration(migrations.Migration):
    dependencies = [("keys", "0002_links_to_new_addresses")]

    operations = [
        migrations.AlterField(
            model_name="key",
            name="purpose",
            field=models.CharField(choices=[(each, each) for each in PURPOSES], max_length=20),
        ),
    ]
