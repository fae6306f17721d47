"""The tables of a new installation, made at once instead of migration by migration.

A migration works out every model again for each step of the history, which takes ten seconds of a good machine
and a minute of a small one. An empty database needs only where that history ends. `tests/architecture` holds
both ways to the same tables; an installation that has tables migrates as ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations import Migration, RunPython
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.module_loading import module_has_submodule

OURS = "mlezi."


def is_empty() -> bool:
    """Whether the database holds no table at all."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def beyond(loader: MigrationLoader) -> str:
    """A change of our tables that a later version made and this one does not know; empty when there is none.

    A name this version does not have, but with a number it is past, is of a history that was written anew.
    """
    last: dict[str, int] = {}
    for app, name in loader.disk_migrations:
        last[app] = max(last.get(app, 0), _number(name))
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith(OURS)}
    unknown = (key for key in sorted(loader.applied_migrations) if key not in loader.disk_migrations)
    return next((f"{app}.{name}" for app, name in unknown if app in ours and _number(name) > last.get(app, 0)), "")


def _number(name: str) -> int:
    digits = name.partition("_")[0]
    return int(digits) if digits.isdecimal() else 0


def make() -> None:
    """Make every table in an empty database, and note the migrations as done. All of it or nothing."""
    with connection.constraint_checks_disabled(), transaction.atomic():
        with connection.schema_editor(atomic=False) as editor:
            for model in apps.get_models(include_auto_created=True):
                if model._meta.can_migrate(connection) and not model._meta.auto_created:
                    editor.create_model(model)  # with the tables between it and another
        loader = MigrationLoader(connection)
        finish()
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for app, name in loader.graph.nodes:
            recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def finish() -> None:
    """What our migrations do in Python besides: an order of signs, a first row. On no rows it does little."""
    now: Any = apps
    with connection.schema_editor(atomic=False) as editor:
        for migration in _ours():
            for operation in migration.operations:
                if isinstance(operation, RunPython):
                    operation.code(now, editor)


def _ours() -> Iterator[type[Migration]]:
    for app in apps.get_app_configs():
        if app.name.startswith(OURS) and module_has_submodule(app.module, "migrations"):
            package = import_module(f"{app.name}.migrations")
            for name in sorted(module.name for module in iter_modules(package.__path__)):
                yield import_module(f"{package.__name__}.{name}").Migration
