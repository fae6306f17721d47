"""Paths are compared sign by sign on every database.

A subtree is a range of paths. PostgreSQL orders text by its language unless told otherwise and then
passes over the slashes, so that a range would hold places of other districts. SQLite compares bytes.
"""

from django.db import migrations


def compare_signs(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute('ALTER TABLE places_place ALTER COLUMN path TYPE varchar(200) COLLATE "C"')


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(compare_signs, migrations.RunPython.noop)]
