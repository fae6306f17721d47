"""The blueprint's schema as a page: every part, every key."""

from __future__ import annotations

import types
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mlezi.blueprints.schema import VERSION, Blueprint
from mlezi.blueprints.schema.whole import WAITING


def page() -> str:
    lines = [
        f"# blueprint.yaml, version {VERSION}",
        "",
        "A programme is a folder of plain files. Editors that know YAML schemas complete it with "
        "`# yaml-language-server: $schema=blueprint.schema.json`. Kept, but not yet used by this version: "
        + ", ".join(f"`{name}`" for name in WAITING) + ".",
        "",
    ]  # fmt: skip
    waiting: list[type[BaseModel]] = [Blueprint]
    seen: set[type[BaseModel]] = set()
    while waiting:
        model = waiting.pop(0)
        if model in seen:
            continue
        seen.add(model)
        lines += [f"## {model.__name__}", "", *_doc(model), "| key | what it holds | |", "| --- | --- | --- |"]
        for name, field in model.model_fields.items():
            lines.append(
                f"| `{name}`{'' if field.is_required() else ' (optional)'} | {_kind(field)} | {_about(field)} |"
            )
            waiting += _models(field.annotation)
        lines.append("")
    return "\n".join(lines) + "\n"


def _doc(model: type[BaseModel]) -> list[str]:
    return [model.__doc__.strip().splitlines()[0], ""] if model.__doc__ else []


def _about(field: FieldInfo) -> str:
    default = field.default
    shown = default is not None and isinstance(default, str | int | float | list) and default not in ("", [], False)
    return " ".join(part for part in (field.description or "", f"Default: `{default}`." if shown else "") if part)


def _kind(field: FieldInfo) -> str:
    return _name(field.annotation)


def _name(annotation: Any) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(_name(argument) for argument in arguments if argument is not type(None))
    if origin is dict:
        return "words: a text, or one per language" if arguments == (str, str) else "keys and values"
    if origin is list or hasattr(annotation, "__metadata__"):
        return ("list of " if origin is list else "") + _name(arguments[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    names = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false", "date": "day"}
    return names.get(getattr(annotation, "__name__", ""), str(annotation))


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models(argument)]
