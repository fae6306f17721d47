"""What plans cost is added up from an index alone. Indexes are dropped by name: SQLite would copy the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('encounters', '0002_in_order_of_days'),
        ('people', '0002_covering_indexes'),
        ('places', '0003_district_and_region'),
        ('programmes', '0004_covering_indexes'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("DROP INDEX IF EXISTS encounters_plannedencounter_place_id_c4ed1fbf", migrations.RunSQL.noop),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='plannedencounter',
                    name='place',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='planned_encounters', to='places.place'),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='plannedencounter',
            index=models.Index(fields=['place', 'programme', 'planned_on', 'cancelled_on', 'currency', 'cost'], name='planned_of_place'),
        ),
    ]
