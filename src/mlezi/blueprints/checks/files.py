"""Every file the blueprint names is there and can be read; every form converts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from mlezi.blueprints.findings import ADVICE, MISTAKE, Finding, nearest
from mlezi.blueprints.reading import Reading
from mlezi.blueprints.schema.meetings import FormFile
from mlezi.formats import wordings, xlsform
from mlezi.formats.located_yaml import Path
from mlezi.formats.trouble import CannotRead, Trouble
from mlezi.formats.xlsform import Converted
from mlezi.instruments import checking, media
from mlezi.narratives import codebook_files, shipped

TOLD_BY_MEANINGS = {"check.unknown_term"}  # there with the blueprint's own words
WORTH_SAYING = {"check.no_list", "check.no_column"}  # nothing stops, but people would find nothing to choose


@dataclass(frozen=True)
class ReadForm:
    """A form of the folder: what the blueprint says of it, its bytes, and what it became."""

    file: FormFile
    number: int  # its place in `forms:`
    source: bytes
    converted: Converted


def check(reading: Reading) -> dict[str, ReadForm]:
    """Forms by form id. What cannot be read is left out and told in the findings."""
    blueprint = reading.blueprint
    assert blueprint is not None
    forms: dict[str, ReadForm] = {}
    for number, file in enumerate(blueprint.forms):
        source = _bytes(reading, ("forms", number, "file"), file.file)
        if source is None:
            continue
        source = _worded(reading, file.file, source)
        try:
            made = xlsform.convert(source, file.file)
        except CannotRead as error:
            reading.findings += [_told(file.file, trouble, source) for trouble in error.troubles]
            continue
        reading.findings += [_told(file.file, trouble, source, ADVICE) for trouble in made.warnings]
        reading.findings += [
            _told(file.file, trouble, source, MISTAKE if trouble.blocks else ADVICE)
            for trouble in checking.check(made.form, rows=made.rows, supplied=media.columns())
            if (trouble.blocks and trouble.code not in TOLD_BY_MEANINGS) or trouble.code in WORTH_SAYING
        ]
        if made.form_id in forms:
            other = forms[made.form_id].file.file
            reading.add(
                ("forms", number), f"{file.file} and {other} have the same form id {made.form_id!r}.", "Rename one."
            )
        forms[made.form_id] = ReadForm(file, number, source, made)
    for number, material in enumerate(blueprint.materials):
        content = _bytes(reading, ("materials", number, "file"), material.file)
        if content is not None:
            reading.materials[material.file] = content
    for number, name in enumerate(blueprint.codebooks):
        _codebook(reading, number, name)
    return forms


def _worded(reading: Reading, name: str, source: bytes) -> bytes:
    """The form with the site's own wording, where it keeps one under wordings/ by the form's name."""
    own = reading.folder / "wordings" / f"{PurePath(name).stem}.csv"
    if not own.is_file() or not name.endswith(".md"):
        return source
    try:
        return wordings.fill(source, wordings.read(own.read_bytes()))
    except ValueError as error:
        where = own.relative_to(reading.folder).as_posix()
        reading.findings.append(Finding(where, 1, "", f"It cannot be read: {error}.", "Add that column."))
        return source


def _codebook(reading: Reading, number: int, name: str) -> None:
    """A file of the folder, or the short code of a codebook that comes with Mlezi."""
    if name in shipped.CODES:
        return
    content = _bytes(reading, ("codebooks", number), name)
    if content is not None:
        reading.materials[name] = content
        found = codebook_files.read(content)
        reading.findings += [Finding(name, one.line, one.where, one.reason, one.remedy) for one in found.faults]


def _bytes(reading: Reading, path: Path, name: str) -> bytes | None:
    file = (reading.folder / name).resolve()
    if not file.is_relative_to(reading.folder.resolve()):
        reading.add(path, f"{name} is outside the blueprint's folder.", "Move it in.")
        return None
    try:
        return file.read_bytes()
    except OSError:
        have = [p.relative_to(reading.folder).as_posix() for p in reading.folder.rglob("*") if p.is_file()]
        reading.add(path, f"There is no readable file {name}.", nearest(name, have))
        return None


def _told(file: str, trouble: Trouble, source: bytes, weight: str = MISTAKE) -> Finding:
    where, reason, remedy = trouble.say()
    above = _line_of_sheet(source, trouble.sheet) if file.endswith(".md") else 0
    return Finding(file, above + (trouble.row or 1), where, reason, remedy, weight)


def _line_of_sheet(source: bytes, sheet: str) -> int:
    """The line of a Markdown form on which a sheet's name stands alone; its rows count from the next."""
    lines = source.decode("utf-8-sig", errors="replace").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.strip(" |\t") == sheet), 0) if sheet else 0
