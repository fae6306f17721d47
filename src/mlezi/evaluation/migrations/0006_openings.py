"""A spell knows how its month opened. Rollups of before are made again before anybody reads them."""

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
    ]
