"""Takes a batch back: deletes what it made and restores what it changed, after looking for what depends on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field, Model
from django.utils.translation import gettext

from mlezi.audit import problems
from mlezi.audit.imports.findings import stored_value
from mlezi.audit.models import ImportRow

MOST_REASONS = 20


def take_back(rows: list[ImportRow]) -> None:
    """Undo the rows, last first. Raises `CannotUndo` and writes nothing when any of them cannot be."""
    made = {(label, str(pk)): row for row in rows for label, pk in (row.before or {}).get("made", [])}
    reasons = [*_dependants(made), *_changed_since(rows, made)]
    if reasons:
        shown = reasons[:MOST_REASONS]
        if len(reasons) > len(shown):
            shown.append(gettext("and {n} more.").format(n=len(reasons) - len(shown)))
        raise problems.CannotUndo(reasons=" ".join(shown))
    for row in reversed(rows):
        before = row.before or {}
        for change in reversed(before.get("changed", [])):
            _restore(change)
    _remove(made)


def _remove(made: Iterable[tuple[str, str]]) -> None:
    """Delete what was made, many at once. Nothing else points at it, and the database looks again at the end."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for label, pk in made:
        by_label[label].append(pk)
    for label, pks in by_label.items():
        manager = apps.get_model(label)._base_manager
        for start in range(0, len(pks), 500):
            rows = manager.filter(pk__in=pks[start : start + 500])
            rows._raw_delete(rows.db)  # Django's own way asks every table for every row


def _dependants(made: dict[tuple[str, str], ImportRow]) -> Iterator[str]:
    """Rows of the database that point at something this batch made and were not made by it."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for label, pk in made:
        by_label[label].append(pk)
    for label, pks in by_label.items():
        for relation in _pointing_at(apps.get_model(label)):
            other = relation.related_model
            own = {pk for one, pk in made if one == other._meta.label}
            for start in range(0, len(pks), 500):
                some = pks[start : start + 500]
                strangers = other._base_manager.filter(**{f"{relation.field.name}__in": some})
                found = [row for row in strangers.values_list("pk", relation.field.attname) if str(row[0]) not in own]
                for target, n in sorted(Counter(str(pointed) for _, pointed in found).items()):
                    row = made.get((label, target))
                    yield gettext("Row {row}: {n} later records ({what}) belong to it.").format(
                        row=row.number if row else "?", n=n, what=other._meta.verbose_name
                    )


def _pointing_at(model: type[Model]) -> list[Any]:
    """Every foreign key to it, those without a name for the way back as well."""
    return [one for one in model._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]


def _changed_since(rows: list[ImportRow], made: dict[tuple[str, str], ImportRow]) -> Iterator[str]:
    """Something this batch changed that no longer stands as it left it."""
    left: dict[tuple[str, str], dict[str, Any]] = {}
    number: dict[tuple[str, str], int] = {}
    for row in rows:
        for change in (row.before or {}).get("changed", []):
            key = (change["row"][0], str(change["row"][1]))
            left.setdefault(key, {}).update(change["after"])
            number[key] = row.number
    for (label, pk), after in left.items():
        found = apps.get_model(label)._base_manager.filter(pk=pk).first()
        stands = found and all(stored_value(found, name) == value for name, value in after.items())
        if not stands and (label, pk) not in made:
            yield gettext("Row {row}: it was changed again since.").format(row=number[(label, pk)])


def _restore(change: dict[str, Any]) -> None:
    label, pk = change["row"]
    found = apps.get_model(label)._base_manager.filter(pk=pk).first()
    if found is None:
        return
    for name, value in change["before"].items():
        field = found._meta.get_field(name)
        assert isinstance(field, Field)
        setattr(found, field.attname, None if value is None else field.to_python(value))
    found.save(update_fields=list(change["before"]))
