"""A study's report in every form: page, PDF, Word, spreadsheet; in the languages that are ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override

from mlezi.plumbing.blocks import Block
from mlezi.plumbing.words import worded
from mlezi.reports.study import page, paper, telling
from mlezi.reports.study.telling import Told
from mlezi.studies.plan import Study
from mlezi.studies.spoken import Speaker

KINDS: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def told(
    plan: Study, manifest: Mapping[str, Any], results: Mapping[str, Any], *, more: Sequence[Block] = (), **how: Any
) -> Told:
    """What a report is told from, in the active language."""
    sites = how.pop("sites", None)
    return Told(plan, manifest, results, Speaker(plan, sites=sites, labels=manifest.get("labels")), more=more, **how)


def made(kind: str, source: Told) -> bytes:
    """The report as a file of this kind, in the active language."""
    from mlezi.reports.study import sheet, word  # noqa: PLC0415 - their libraries are slow to load

    title, lead, blocks = worded(source.plan.title), telling.lead(source), telling.blocks(source)
    writers: Mapping[str, Callable[[], bytes]] = {
        "html": lambda: page.document(title, lead, blocks).encode(),
        "pdf": lambda: paper.document(title, lead, blocks),
        "docx": lambda: word.document(title, lead, blocks, language=(get_language() or "en")[:2]),
        "xlsx": lambda: sheet.workbook(source, blocks),
    }
    return writers[kind]()


def write(folder: Path, plan: Study, manifest: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    """Write `report.LANGUAGE.KIND` for every language and kind into `folder`; returns the names."""
    names = []
    for language in settings.READY_LANGUAGES:
        with override(language):
            source = told(plan, manifest, results)
            for kind in KINDS:
                name = f"report.{language}.{kind}"
                (folder / name).write_bytes(made(kind, source))
                names.append(name)
    return names
