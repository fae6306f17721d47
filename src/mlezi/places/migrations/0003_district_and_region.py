"""Each place says to which district and region it belongs, so that no question climbs the tree for it."""

from django.db import migrations, models

CODES = {"district": "district_id", "region": "region_id"}


def climb(apps, schema_editor):
    Place, Level = apps.get_model("places", "Place"), apps.get_model("places", "Level")
    levels = {pk: CODES[code] for pk, code in Level.objects.filter(code__in=CODES).values_list("pk", "code")}
    above: dict[int, dict[str, int | None]] = {}
    rows = []
    for place in Place.objects.order_by("path").only("pk", "path", "level_id", "parent_id"):  # parents come first
        standing = dict(above.get(place.parent_id, {"district_id": None, "region_id": None}))
        if place.level_id in levels:
            standing[levels[place.level_id]] = place.pk
        above[place.pk] = standing
        place.district_id, place.region_id = standing["district_id"], standing["region_id"]
        rows.append(place)
    Place.objects.bulk_update(rows, ["district_id", "region_id"], batch_size=300)


class Migration(migrations.Migration):
    dependencies = [("places", "0002_path_order")]

    operations = [
        migrations.AddField("place", "district_id", models.BigIntegerField(null=True, editable=False)),
        migrations.AddField("place", "region_id", models.BigIntegerField(null=True, editable=False)),
        migrations.RunPython(climb, migrations.RunPython.noop),
    ]
