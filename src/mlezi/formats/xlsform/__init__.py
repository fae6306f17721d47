"""A form as people write it (XLSForm: a workbook, or the same tables in Markdown) becomes the XForm phones run.

The only package that sees pyxform. Its messages are turned into what to do, in `troubles`; every
failure leaves here as `CannotRead`. It takes a second to load: the first form pays, not every start.
"""

from __future__ import annotations

import hashlib
import re
import warnings as python_warnings
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from mlezi.formats import xform, xform_reading
from mlezi.formats.trouble import CannotRead, Trouble
from mlezi.formats.xlsform import troubles
from mlezi.formats.xlsform.rows import rows

if TYPE_CHECKING:
    from pyxform.xls2json_backends import DefinitionData

KINDS = {
    ".xlsx": ".xlsx",
    ".xlsm": ".xlsx",
    ".xls": ".xls",
    ".csv": ".csv",
    ".md": ".md",
    ".markdown": ".md",
    ".txt": ".md",
}
SHEETS = ("survey", "choices", "settings", "entities", "external_choices", "osm")
MAX_BYTES = 20_000_000


@dataclass(frozen=True)
class Converted:
    """What phones fetch (`xml`, exact bytes) and what we know of it."""

    xml: bytes
    form_id: str
    version: str
    title: str
    languages: list[str]
    meanings: dict[str, Any]  # questions: path → {as, kind}; repeats: paths; binary: paths
    warnings: tuple[Trouble, ...] = ()
    form: xform.XForm = field(kw_only=True)
    rows: dict[str, int] = field(default_factory=dict)  # path → row of the survey sheet


def convert(source: bytes, name: str) -> Converted:
    """Turn a workbook, CSV or Markdown table into an XForm. The ending of `name` says which of them it is.

    A form without an id takes it from the file's name, one without a version from its content: the
    same bytes give the same version. Raises `CannotRead` with every trouble found.
    """
    from pyxform.errors import PyXFormError  # noqa: PLC0415
    from pyxform.xls2xform import convert as pyxform_convert  # noqa: PLC0415

    book = _open(source, name)
    _complete(book, source, name)
    said: list[str] = []
    try:
        with python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore")
            result = pyxform_convert({key: getattr(book, key) for key in book.__slots__}, warnings=said, validate=False)
    except PyXFormError as error:
        raise CannotRead(troubles.from_error(error, book)) from error
    except Exception as error:  # pyxform leaks KeyError, TypeError … on odd tables; a person must never see those
        raise CannotRead([troubles.unknown(error)]) from error
    xml = result.xform.encode()
    form = xform_reading.read(xml)
    return Converted(
        xml=xml,
        form_id=form.form_id,
        version=form.version,
        title=form.title,
        languages=list(form.languages) or [_settings(book).get("default_language", "")],
        meanings=meanings(form),
        warnings=tuple(troubles.from_warnings(said, book)),
        form=form,
        rows=rows(book.survey or (), form.root),
    )


def meanings(form: xform.XForm) -> dict[str, Any]:
    """What the derivation needs of a form, as plain JSON: see `FormVersion.meanings`."""
    return {
        "questions": {q.path: {"as": q.meaning, "kind": q.kind} for q in form.questions() if q.meaning},
        "repeats": form.repeats(),
        "binary": [q.path for q in form.questions() if q.kind == "binary"],
    }


def _open(source: bytes, name: str) -> DefinitionData:
    from pyxform.errors import PyXFormError  # noqa: PLC0415
    from pyxform.xls2json_backends import get_xlsform  # noqa: PLC0415

    kind = KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise CannotRead([troubles.WRONG_KIND])
    if len(source) > MAX_BYTES:
        raise CannotRead([troubles.TOO_LARGE])
    if not source.strip():
        raise CannotRead([troubles.EMPTY])
    try:
        with python_warnings.catch_warnings():  # notes on drawings and styles that we do not need
            python_warnings.simplefilter("ignore")
            content: Any = _text(source) if kind in (".csv", ".md") else source
            book = get_xlsform(xlsform=content, file_type=kind)
    except (PyXFormError, UnicodeDecodeError) as error:
        raise CannotRead(troubles.from_reading(error)) from error
    except Exception as error:  # a damaged archive fails in many ways
        raise CannotRead([troubles.DAMAGED]) from error
    if not book.survey:
        raise CannotRead([troubles.NO_SURVEY])
    unwritable = list(troubles.unwritable(book, SHEETS))
    if unwritable:
        raise CannotRead(unwritable)
    return book


def _text(source: bytes) -> str:
    return source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _settings(book: DefinitionData) -> dict[str, str]:
    return book.settings[0] if book.settings else {}


def _complete(book: DefinitionData, source: bytes, name: str) -> None:
    """Fill in what a person may leave out: form id, version, and the namespace of `mlezi:as`."""
    settings = dict(_settings(book))
    if not any(settings.get(key) for key in ("form_id", "id_string")):
        settings["form_id"] = re.sub(r"[^A-Za-z0-9_.-]+", "_", PurePath(name).stem).strip("_.-") or "form"
    if not settings.get("version"):
        settings["version"] = hashlib.sha256(source).hexdigest()[:10]
    if not any(settings.get(key) for key in ("form_title", "title")):
        settings["form_title"] = settings.get("form_id") or settings.get("id_string") or ""
    headers = {header for row in (book.survey_header or []) for header in row}
    spaces = settings.get("namespaces", "")
    if any("mlezi:" in header.lower() for header in headers) and "mlezi=" not in spaces:
        settings["namespaces"] = f'{spaces} mlezi="{xform.NAMESPACE}"'.strip()
    book.settings = [settings]
    book.settings_header = [dict.fromkeys(settings)]
