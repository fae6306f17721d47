"""Rollups say more: how a month of ratings opened, and where a person was last seen in a month.

Those of before are made again before anybody reads them.
"""

from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0005_months_and_years")]

    operations = [
        migrations.AddField(
            "ratingspell", "opened_on", models.DateField(default=date(1900, 1, 1)), preserve_default=False
        ),
        migrations.AddField(
            "ratingspell", "opening", models.PositiveSmallIntegerField(default=0), preserve_default=False
        ),
        migrations.AddField(
            "personmonth",
            "place",
            models.ForeignKey("places.Place", models.CASCADE, null=True, related_name="+"),
        ),
        migrations.AddField("personmonth", "cadre", models.CharField(max_length=60, blank=True, default="")),
        migrations.AddField("personmonth", "last_on", models.DateField(null=True)),
    ]
