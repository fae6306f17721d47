"""Fewer pages to write for each record that comes in. Indexes are dropped by name: SQLite would copy every record."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('instruments', '0005_fewer_indexes'),
        ('people', '0002_covering_indexes'),
        ('programmes', '0004_covering_indexes'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='submission',
            name='one_current_edit',
        ),
        migrations.RemoveIndex(
            model_name='submission',
            name='submission_unfinished',
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("DROP INDEX IF EXISTS instruments_submission_device_id_0c4d973e", migrations.RunSQL.noop),
                migrations.RunSQL("DROP INDEX IF EXISTS instruments_submission_sender_id_ef4dd297", migrations.RunSQL.noop),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='submission',
                    name='device',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submissions', to='people.device'),
                ),
                migrations.AlterField(
                    model_name='submission',
                    name='sender',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions_sent', to='people.person'),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['sender', 'device', 'received_at'], name='submission_sent'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(condition=models.Q(('state__in', ['parked', 'set_aside'])), fields=['programme', 'state'], name='submission_parked'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(condition=models.Q(('replaces_id', ''), _negated=True), fields=['programme', 'root_id'], name='submission_edit'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces_id', ''), _negated=True), fields=('programme', 'form_id', 'replaces_id'), name='replaced_once'),
        ),
    ]
