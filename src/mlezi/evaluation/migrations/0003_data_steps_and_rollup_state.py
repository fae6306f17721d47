import secrets

import django.db.models.deletion
from django.db import migrations, models


def begin(apps, schema_editor):
    """A first step of its own: no two installations have the same versions."""
    apps.get_model("evaluation", "DataStep").objects.create(step=1 + secrets.randbelow(2**32))


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0002_rollups"),
        ("programmes", "0002_share"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.BigIntegerField(null=True)),
                ("step", models.BigIntegerField()),
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["programme", "area"], name="data_step_area")]},
        ),
        migrations.CreateModel(
            name="RollupState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_with", models.CharField(blank=True, max_length=64)),
                ("making", models.CharField(blank=True, max_length=64)),
                ("n_done", models.PositiveIntegerField(default=0)),
                ("n_total", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField(null=True)),
                (
                    "programme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
        ),
        migrations.DeleteModel(name="DataVersion"),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
