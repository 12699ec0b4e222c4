"""Products get rows of their own; answers of product sets, which hung on whoever makes them, move to one each."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from alongside.lib.text import name_keys, sort_key

NOW = "SET CONSTRAINTS ALL IMMEDIATE"  # so that no row waits to be checked while its table is altered


def carry_over(apps, schema_editor):
    """One product for each maker of whom a product set was answered, with those answers and what was asked of it."""
    Answer, Asked = apps.get_model("profiles", "Answer"), apps.get_model("profiles", "Asked")
    product_sets = models.Q(question__set__for_kind="product")
    makers = Answer.objects.filter(product_sets).order_by().values_list("person_id", flat=True).distinct()
    for maker in list(makers):
        theirs = Answer.objects.filter(product_sets, person=maker)
        product = _write_down(apps, _name_of(theirs), maker, theirs.earliest("at").at)
        theirs.update(product=product, person=None)
        Asked.objects.filter(product_sets, person=maker).update(product=product)
    apps.get_model("profiles", "QuestionSet").objects.filter(key="product", for_kind="product").update(of_everyone=True)
    schema_editor.execute(NOW)


def _write_down(apps, name, maker, since):
    Product, ProductKey = apps.get_model("profiles", "Product"), apps.get_model("profiles", "ProductKey")
    product = Product.objects.create(name=name, sort_key=sort_key(name)[:240], maker_id=maker, since=since)
    keys = (ProductKey(product=product, key=key) for key in name_keys(name))
    ProductKey.objects.bulk_create(keys, ignore_conflicts=True)
    return product


def _name_of(answers):
    """What it was said to be, where that was asked; else what the questions are called."""
    holding = answers.filter(withdrawn_at=None, settled_at=None).exclude(value="")
    said = holding.filter(question__key="what").order_by("-at", "-id").first()
    name = said.value if said else answers.order_by("at", "id").first().question.set.name
    return " ".join(name.split())[:120].strip()


def give_back(apps, schema_editor):
    """Answers hang on the makers again."""
    Answer, Product = apps.get_model("profiles", "Answer"), apps.get_model("profiles", "Product")
    maker = Product.objects.filter(pk=models.OuterRef("product")).values("maker")
    Answer.objects.exclude(product=None).update(person=models.Subquery(maker), product=None)
    apps.get_model("profiles", "Asked").objects.exclude(product=None).update(product=None)
    Product.objects.all().delete()
    schema_editor.execute(NOW)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_card_openings'),
        ('profiles', '0001_questions_and_answers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('sort_key', models.CharField(editable=False, max_length=240)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('retired_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('maker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='people.person')),
            ],
            options={
                'indexes': [models.Index(models.F('sort_key'), models.F('id'), name='product_by_name')],
            },
        ),
        migrations.CreateModel(
            name='ProductKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_collation='C', max_length=80)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='profiles.product')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'product'), name='product_key_once')],
            },
        ),
        migrations.AlterField(
            model_name='questionset',
            name='for_kind',
            field=models.CharField(choices=[('human', 'People'), ('organisation', 'Organisations'), ('product', 'Products')], default='human', max_length=12),
        ),
        migrations.AddField(
            model_name='answer',
            name='product',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='profiles.product'),
        ),
        migrations.AddField(
            model_name='asked',
            name='product',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='profiles.product'),
        ),
        migrations.AlterField(
            model_name='answer',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='people.person'),
        ),
        migrations.RunPython(carry_over, give_back),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['product', 'question', '-at'], name='answers_of_product'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', True), ('product__isnull', True), _connector='XOR'), name='answer_about_one'),
        ),
    ]
