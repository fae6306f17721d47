"""What `mlezi check` looks for beyond the shape: one subject a module, each a function of the reading.

The order is the order in which an author would mend: words, codes, forms, what the forms mean.
"""

from __future__ import annotations

from pathlib import Path

from mlezi.blueprints import reading
from mlezi.blueprints.checks import codes, courses, files, instruments, meanings, studies, words
from mlezi.blueprints.checks.files import ReadForm
from mlezi.blueprints.reading import Reading

__all__ = ["ReadForm", "check"]


def check(folder: Path) -> tuple[Reading, dict[str, ReadForm]]:
    """Read and check a folder. The reading carries every finding, sorted; forms come by form id."""
    found = reading.read(folder)
    forms: dict[str, ReadForm] = {}
    if found.blueprint is not None:
        words.check(found)
        codes.check(found)
        forms = files.check(found)
        meanings.check(found, forms)
        studies.check(found)
        instruments.check(found, forms)
        courses.check(found, forms)
    found.findings.sort()
    return found, forms
