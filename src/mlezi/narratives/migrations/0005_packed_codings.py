"""Codings kept beside their text as numbers (`packing`); those that are here are packed once."""

from itertools import groupby

import numpy as np
from django.db import migrations, models
from django.db.models import F

SIDES = {"helps": 1, "hinders": 2, "both": 7, "neither": 8, "": 16}


def pack(apps, schema_editor):
    rows = apps.get_model("narratives", "Coding").objects.filter(is_current=True, version=F("source__current"))
    columns = ("source_id", "code_id", "start", "end", "valence", "made_by")
    Packed = apps.get_model("narratives", "Packed")
    made = []
    for source, some in groupby(rows.order_by("source_id").values_list(*columns).iterator(), key=lambda row: row[0]):
        run = [(code, start, end, SIDES[side], made_by == "settled") for _, code, start, end, side, made_by in some]
        made.append(Packed(source_id=source, columns=np.array(run, dtype="<u4").tobytes()))
    Packed.objects.bulk_create(made, batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("narratives", "0004_count_from_columns")]

    operations = [
        migrations.CreateModel(
            name="Packed",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="packed",
                        serialize=False,
                        to="narratives.source",
                    ),
                ),
                ("columns", models.BinaryField()),
            ],
        ),
        migrations.RunPython(pack, migrations.RunPython.noop, elidable=True),
    ]
