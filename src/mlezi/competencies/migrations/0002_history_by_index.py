"""A person's ratings are looked up in an index alone. Indexes are dropped by name: SQLite would copy the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('competencies', '0001_initial'),
        ('instruments', '0006_fewer_pages'),
        ('people', '0002_covering_indexes'),
        ('places', '0003_district_and_region'),
        ('programmes', '0004_covering_indexes'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='rating',
            name='rating_history',
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("DROP INDEX IF EXISTS competencies_rating_person_id_42165e46", migrations.RunSQL.noop),
                migrations.RunSQL("DROP INDEX IF EXISTS competencies_rating_place_id_ca59fb0d", migrations.RunSQL.noop),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='rating',
                    name='person',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='people.person'),
                ),
                migrations.AlterField(
                    model_name='rating',
                    name='place',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place'),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='rating',
            index=models.Index(fields=['person', 'competency', 'is_own', 'programme', 'rated_on', 'level', 'id'], name='rating_history'),
        ),
    ]
