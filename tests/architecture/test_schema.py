"""A new installation gets its tables at once; an old one migrates. Both end with the same tables."""

import json
import os
import subprocess
import sys

import pytest

from mlezi.testing.server import new_database

OTHERS = {"auth_group_permissions", "auth_user_groups", "auth_user_user_permissions"}  # Django's own: a wider id
SCRIPT = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from mlezi.evaluation.models import DataStep
from mlezi.plumbing import schema

if sys.argv[1] == "at once":
    schema.make()
else:
    call_command("migrate", verbosity=0, interactive=False)
call_command("migrate", check_unapplied=True, verbosity=0)

def constraint(name, facts, table):
    wanted = ("columns", "primary_key", "unique", "foreign_key", "check", "index", "type")
    kept = {key: facts.get(key) for key in wanted}
    declared = {one.name for model in models.get(table, ()) for one in [*model._meta.indexes, *model._meta.constraints]}
    return json.dumps([name if name in declared else "", kept, sorted(map(str, facts.get("orders") or []))])

models = {}
for model in django.apps.apps.get_models(include_auto_created=True):
    models.setdefault(model._meta.db_table, []).append(model)
found = {}
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        columns = connection.introspection.get_table_description(cursor, table)
        constraints = connection.introspection.get_constraints(cursor, table)
        found[table] = [
            sorted(str([c.name, c.type_code, c.null_ok, c.default, c.collation, c.display_size]) for c in columns),
            sorted(constraint(name, facts, table) for name, facts in constraints.items()),
        ]
print(json.dumps({"tables": found, "steps": DataStep.objects.count()}))
"""

pytestmark = pytest.mark.one_database


@pytest.fixture
def tables(tmp_path):
    def made(how):
        database = new_database()
        env = {**os.environ, "MLEZI_DATA": str(tmp_path / how), "DATABASE_URL": database, "PYTHONWARNINGS": "ignore"}
        env["DJANGO_SETTINGS_MODULE"] = "mlezi.config.settings"
        (tmp_path / how).mkdir()
        done = subprocess.run([sys.executable, "-c", SCRIPT, how], env=env, check=True, capture_output=True, text=True)
        return json.loads(done.stdout)

    return made


def test_a_new_installation_has_the_tables_that_the_migrations_would_make(tables):
    at_once, step_by_step = tables("at once"), tables("by migrations")

    assert at_once["steps"] == step_by_step["steps"] == 1
    assert set(at_once["tables"]) == set(step_by_step["tables"])
    for name, table in step_by_step["tables"].items():
        if name not in OTHERS:
            assert at_once["tables"][name] == table, name
