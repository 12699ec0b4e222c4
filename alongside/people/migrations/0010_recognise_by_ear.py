"""Names that are written by ear in Cyrillic letters, such as Джо, are found by what they sound like: Joe."""

from django.db import migrations
from django.db.models import Q

STRETCH = 2_000


def recognise(apps, schema_editor):
    from alongside.people.renewing import renew

    by_ear = "[Дд][Жж]|[Џџ]"
    written_so = apps.get_model("people", "Person").objects.filter(
        Q(called__regex=by_ear) | Q(full_name__regex=by_ear))
    ids = list(written_so.order_by("id").values_list("id", flat=True))
    for first in range(0, len(ids), STRETCH):
        renew(ids[first:first + STRETCH])


class Migration(migrations.Migration):
    dependencies = [("people", "0009_recognise_more_scripts")]
    operations = [migrations.RunPython(recognise, migrations.RunPython.noop)]
