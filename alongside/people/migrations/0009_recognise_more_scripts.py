"""Names in Hebrew and Arabic letters get their Latin writings; cards are compared, so what was learnt is learnt anew."""

from django.db import migrations
from django.db.models import Q

STRETCH = 2_000


def recognise(apps, schema_editor):
    from alongside.people.renewing import renew

    unvowelled = "[\u0591-\u05f4\u0610-\u06ff\ufb1d-\ufdff\ufe70-\ufeff]"
    written_so = apps.get_model("people", "Person").objects.filter(
        Q(called__regex=unvowelled) | Q(full_name__regex=unvowelled))
    ids = list(written_so.order_by("id").values_list("id", flat=True))
    for first in range(0, len(ids), STRETCH):
        renew(ids[first:first + STRETCH])


def forget_weights(apps, schema_editor):
    apps.get_model("people", "LearntWeights").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0008_asking")]
    operations = [
        migrations.RunPython(recognise, migrations.RunPython.noop),
        migrations.RunPython(forget_weights, forget_weights),
    ]
