"""The two sheets of a round, from one workbook or two files; and the folder in which its answer is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mlezi.formats import csv, spreadsheet
from mlezi.formats.table import Table, Unreadable
from mlezi.methods.assignment.problem import Problem
from mlezi.methods.assignment.result import Result
from mlezi.methods.assignment.sheets import columns, headings
from mlezi.methods.assignment.sheets.policy import Chosen, Policy, tune
from mlezi.methods.assignment.sheets.report import Report, Sheet, report
from mlezi.methods.assignment.verify import verify

CERTIFICATE = "certificate.json"
Sheets = tuple[list[columns.Line], list[columns.Line], dict[str, str]]


def read(file: Path, mentors: Path | None) -> Sheets:
    """The rows of both sheets, and the settings. Raises `Unreadable`."""
    content = file.read_bytes()
    if mentors is not None:
        return lines(spreadsheet.read(content)), lines(spreadsheet.read(mentors.read_bytes())), {}
    names = spreadsheet.names(content)
    if not names:
        raise Unreadable("one_table", file=file.name)
    found = {title: headings.sheet(title, names) for title in headings.SHEETS}
    if missing := [title for title in ("mentees", "mentors") if found[title] is None]:
        raise Unreadable("no_such_sheet", sheet=missing[0], sheets=", ".join(names))
    mentees, theirs = (lines(spreadsheet.read(content, sheet=found[title] or "")) for title in ("mentees", "mentors"))
    return mentees, theirs, settings(content, found["settings"])


def settings(content: bytes, sheet: str | None) -> dict[str, str]:
    """The two columns of the sheet; none where there is no such sheet, or nothing in it."""
    if sheet is None:
        return {}
    try:
        table = spreadsheet.read(content, sheet=sheet)
    except Unreadable as trouble:
        if trouble.code == "empty":
            return {}
        raise
    meant = [headings.meant(heading, ("name", "value")) for heading in table.header]
    if "name" not in meant or "value" not in meant:
        raise Unreadable("settings_columns", sheet=sheet, found=", ".join(table.header))
    name, value = meant.index("name"), meant.index("value")
    return {row.cells[name]: row.cells[value] for row in table.rows if row.cells[name] or row.cells[value]}


def lines(table: Table) -> list[columns.Line]:
    return [columns.Line(row.number, dict(zip(table.header, row.cells, strict=False))) for row in table.rows]


def keep(chosen: Chosen, answer: Report, folder: Path) -> None:
    """Write every sheet as CSV, which any program opens, the report as text, and the certificate whole."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets_of(answer):
        (folder / file_of(sheet)).write_bytes(csv.write(sheet.header, sheet.rows))
    (folder / "report.txt").write_text(answer.text + "\n", encoding="utf-8")
    whole = json.loads(chosen.result.to_bytes()) | {"tuned": chosen.tuned}
    (folder / CERTIFICATE).write_text(json.dumps(whole, sort_keys=True, separators=(",", ":")), encoding="utf-8")


def check(problem: Problem, policy: Policy, folder: Path) -> list[str]:
    """What does not hold of the answer in a folder, in words; nothing where all of it does.

    The certificate is checked against the two sheets without the solver, and the tables against the certificate.
    Raises `ValueError` when the folder holds no certificate that can be read.
    """
    content = (folder / CERTIFICATE).read_bytes()
    result, tuned = Result.from_bytes(content), _tuned(json.loads(content))
    problem = tune(problem, policy, tuned)
    verdict = verify(result, problem)
    if not verdict:
        return [_with_names(text, problem) for text in verdict.wrong]
    answer = report(Chosen(problem, result, tuned=tuned))
    wrong = _differs(folder, answer.pairs, width=3)  # reasons are words; who is with whom is what holds
    return wrong + _differs(folder, answer.certificate, width=2)


def _tuned(parts: Any) -> dict[str, int]:
    return {str(name): int(value) for name, value in dict(parts.get("tuned", {})).items()}


def _with_names(text: str, problem: Problem) -> str:
    """The verifier counts people from 0; here they have names."""
    words = text.split(" ")
    for n, word in enumerate(words[1:], start=1):
        for title, names in (("mentee", problem.mentees), ("mentor", problem.mentors)):
            digits = word.rstrip(".,")
            if words[n - 1].lower() == title and digits.isdigit() and int(digits) < len(names):
                words[n] = word.replace(digits, names[int(digits)])
    return " ".join(words)


def _differs(folder: Path, said: Sheet, *, width: int) -> list[str]:
    name = file_of(said)
    if not (folder / name).exists():
        return [f"{name} is missing."]
    kept = csv.read((folder / name).read_bytes())
    due = csv.read(csv.write(said.header, said.rows))
    rows = [[row.cells[:width] for row in table.rows] for table in (kept, due)]
    if len(rows[0]) != len(rows[1]):
        return [f"{name} has {len(rows[0])} rows; by the certificate there are {len(rows[1])}."]
    return [
        f"{name}, row {n}: {', '.join(a)} is not what the certificate says: {', '.join(b)}."
        for n, (a, b) in enumerate(zip(*rows, strict=True), start=2)
        if a != b
    ]


def sheets_of(answer: Report) -> tuple[Sheet, ...]:
    return (answer.pairs, answer.left_over, answer.mentors, answer.certificate)


def file_of(sheet: Sheet) -> str:
    return f"{sheet.title.replace(' ', '-')}.csv"
