
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('conversations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HouseLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.CharField(max_length=254)),
                ('raw', models.BinaryField()),
                ('state', models.CharField(default='waiting', max_length=8)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('handing_over_at', models.DateTimeField(null=True)),
                ('server_said', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'leaving'])), fields=['due_at'], name='house_letter_due')],
            },
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('transport', models.CharField(choices=[('smtp', 'smtp'), ('post_office', 'post_office')], default='smtp', max_length=12)),
                ('receives_by_smtp', models.BooleanField(default=False)),
                ('imap_host', models.CharField(blank=True, max_length=253)),
                ('imap_port', models.PositiveIntegerField(default=993)),
                ('imap_security', models.CharField(choices=[('tls', 'TLS from the start'), ('starttls', 'STARTTLS'), ('none', 'none (in this house)')], default='tls', max_length=8)),
                ('imap_login', models.CharField(blank=True, max_length=254)),
                ('imap_folder', models.CharField(default='INBOX', max_length=254)),
                ('smtp_host', models.CharField(blank=True, max_length=253)),
                ('smtp_port', models.PositiveIntegerField(default=587)),
                ('smtp_security', models.CharField(choices=[('tls', 'TLS from the start'), ('starttls', 'STARTTLS'), ('none', 'none (in this house)')], default='starttls', max_length=8)),
                ('smtp_login', models.CharField(blank=True, max_length=254)),
                ('sealed_imap_password', models.TextField(blank=True)),
                ('sealed_smtp_password', models.TextField(blank=True)),
                ('plus_addresses', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('new', 'new'), ('connected', 'connected'), ('paused', 'paused'), ('failing', 'failing')], default='new', max_length=10)),
                ('trouble_in', models.TextField(blank=True)),
                ('trouble_out', models.TextField(blank=True)),
                ('importing_since', models.DateTimeField(null=True)),
                ('uid_validity', models.BigIntegerField(null=True)),
                ('last_uid', models.BigIntegerField(default=0)),
                ('heard_at', models.DateTimeField(null=True)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mailboxes', to='conversations.inbox')),
            ],
            options={
                'verbose_name_plural': 'mailboxes',
                'ordering': ['address'],
            },
        ),
        migrations.CreateModel(
            name='Outgoing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail_id', models.CharField(db_index=True, max_length=254)),
                ('raw', models.BinaryField()),
                ('first_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('handing_over_at', models.DateTimeField(null=True)),
                ('server_said', models.TextField(blank=True)),
                ('refused', models.JSONField(default=list)),
                ('done', models.JSONField(default=list)),
                ('mailbox', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='outgoing', to='email_channel.mailbox')),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='outgoing', to='conversations.message')),
            ],
            options={
                'verbose_name_plural': 'outgoing',
            },
        ),
        migrations.CreateModel(
            name='PostOfficeLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sender', models.CharField(max_length=254)),
                ('recipient', models.CharField(db_index=True, max_length=254)),
                ('raw', models.BinaryField()),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.message')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RawMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=12)),
                ('uid_validity', models.BigIntegerField(null=True)),
                ('uid', models.BigIntegerField(null=True)),
                ('sha256', models.BinaryField(max_length=32)),
                ('raw', models.BinaryField()),
                ('envelope_from', models.CharField(blank=True, max_length=254)),
                ('envelope_to', models.CharField(blank=True, max_length=254)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(default='stored', max_length=8)),
                ('error', models.TextField(blank=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sender', models.CharField(blank=True, max_length=254)),
                ('subject', models.CharField(blank=True, max_length=300)),
                ('mailbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='raw_mails', to='email_channel.mailbox')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='raw_mails', to='conversations.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'stored')), fields=['mailbox', 'id'], name='raw_mail_stored'), models.Index(condition=models.Q(('state', 'aside')), fields=['mailbox', '-id'], name='raw_mail_aside')],
                'constraints': [models.UniqueConstraint(fields=('mailbox', 'uid_validity', 'uid'), name='raw_mail_uid_once'), models.UniqueConstraint(fields=('mailbox', 'sha256'), name='raw_mail_bytes_once')],
            },
        ),
    ]
