from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("narratives", "0003_count_by_side")]

    operations = [
        migrations.RemoveIndex(model_name="coding", name="coding_by_side"),
        migrations.AddIndex(
            model_name="coding",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["code", "version", "start", "end", "valence", "is_current"],
                name="coding_counted",
            ),
        ),
    ]
