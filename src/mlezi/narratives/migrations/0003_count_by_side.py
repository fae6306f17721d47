from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("narratives", "0002_answers_are_kept_by_surveys")]

    operations = [
        migrations.RemoveIndex(model_name="coding", name="coding_counted"),
        migrations.AddIndex(
            model_name="coding",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["code", "source", "valence", "is_current"],
                name="coding_by_side",
            ),
        ),
    ]
