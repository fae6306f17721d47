"""All checks over one text."""

from __future__ import annotations

from dataclasses import dataclass

from mlezi.methods.manuscripts.checks import CHECKS
from mlezi.methods.manuscripts.finding import Finding, Verdict
from mlezi.methods.manuscripts.reading import Manuscript


@dataclass(frozen=True)
class Report:
    manuscript: Manuscript
    findings: tuple[Finding, ...]  # in the order of the text

    def of(self, verdict: Verdict) -> list[Finding]:
        return [one for one in self.findings if one.verdict is verdict]


def check(text: str) -> Report:
    """Find and judge every figure of `text` that says something of another one."""
    manuscript = Manuscript(text)
    findings = [finding for one in CHECKS for finding in one(manuscript)]
    return Report(manuscript, tuple(sorted(findings, key=lambda one: (one.start, one.check))))
