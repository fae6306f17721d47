"""Words that a site supplies itself: an instrument whose wording may not be shipped leaves a slot for each question.

The form says `supplied by site` where a label should stand; the site's own file has a column `name` and the form's own
label columns. Only forms in Markdown are filled in; in a workbook people type the words themselves.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

SLOT = "supplied by site"


def is_slot(text: str) -> bool:
    return text.strip(" []<>().*").casefold() == SLOT


def read(content: bytes) -> dict[str, dict[str, str]]:
    """Question name → column → words. Raises ValueError when there is no column `name`."""
    text = content.decode("utf-8-sig", errors="replace")
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=separator)
    if not rows.fieldnames or "name" not in [name.strip().casefold() for name in rows.fieldnames]:
        raise ValueError("the file needs a column `name`")
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        plain = {(key or "").strip().casefold(): (value or "").strip() for key, value in row.items() if key}
        if plain.get("name"):
            found[plain.pop("name")] = {key: words for key, words in plain.items() if words}
    return found


def fill(source: bytes, words: Mapping[str, Mapping[str, str]]) -> bytes:
    """The Markdown form with every slot filled for which there are words; the others stay slots."""
    lines = source.decode("utf-8", errors="replace").split("\n")
    header: list[str] = []
    for number, line in enumerate(lines):
        cells = line.split("|")
        plain = [cell.strip().casefold() for cell in cells]
        if "name" in plain and any(cell == "label" or cell.startswith("label::") for cell in plain):
            header = plain
        elif header and len(cells) >= len(header) - 1:
            lines[number] = "|".join(_filled(cells, header, words))
        elif len([cell for cell in plain if cell]) == 1:
            header = []  # another sheet begins
    return "\n".join(lines).encode()


def _filled(cells: list[str], header: list[str], words: Mapping[str, Mapping[str, str]]) -> list[str]:
    name = cells[header.index("name")].strip() if header.index("name") < len(cells) else ""
    told = words.get(name, {})
    return [
        f" {told[column].replace('|', '/').replace(chr(10), ' ')} " if is_slot(cell) and column in told else cell
        for cell, column in zip(cells, [*header, ""][: len(cells)], strict=False)
    ] + cells[len(header) + 1 :]
