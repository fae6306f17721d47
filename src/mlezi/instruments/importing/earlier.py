"""Which sheets came in before. A sheet that was taken back may come again, mended, under a further id."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from mlezi.audit.imports.findings import Finding
from mlezi.instruments.arrivals import digest
from mlezi.instruments.models import FormVersion, Submission

SET_ASIDE = Submission.State.SET_ASIDE


@dataclass(frozen=True)
class Found:
    """`row` is the record that is here under the sheet's id; one that was set aside only where it may come back."""

    xml: bytes
    row: Submission | None = None
    is_to_reopen: bool = False
    differs: bool = False


def settle(
    findings: Sequence[Finding],
    version: FormVersion,
    *,
    named: Callable[[Finding, int], str],
    record: Callable[[Finding, str], bytes],
) -> Iterator[tuple[Finding, Found]]:
    """Each row with its record: under its first id, or under the next where that was taken back with other answers."""
    waiting, aside, again = list(findings), dict[int, Found](), 0
    while waiting:
        ids = [named(finding, again) for finding in waiting]
        here, later = _here(version, ids), []
        for finding, instance in zip(waiting, ids, strict=True):
            xml, row = record(finding, instance), here.get(instance)
            same = row is not None and row.sha256 == digest(xml)
            if row is not None and row.state == SET_ASIDE:
                if same:
                    aside.setdefault(finding.number, Found(xml, row, is_to_reopen=True))
                later.append(finding)
            elif row is None:
                yield finding, aside.get(finding.number, Found(xml))
            else:
                yield finding, Found(xml, row, differs=not same)
        waiting, again = later, again + 1


def _here(version: FormVersion, ids: Sequence[str]) -> dict[str, Submission]:
    some = (ids[start : start + 500] for start in range(0, len(ids), 500))
    rows = Submission.objects.filter(programme=version.form.programme, form_id=version.form.form_id)
    found = chain.from_iterable(rows.filter(instance_id__in=part).defer("xml") for part in some)
    return {row.instance_id: row for row in found}
