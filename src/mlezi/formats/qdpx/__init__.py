"""REFI-QDA, the exchange format of programs for qualitative analysis: projects (.qdpx) and codebooks (.qdc).

Strict when writing: `checking` validates against the published schema (QDA-XML 1.0, 18 March 2019) and looks after
references and positions. Lenient when reading, with a report of what could not be taken. What the standard has no
place for goes into a file of ours beside the project, which other programs pass over; so our own files read back whole.
"""

from mlezi.formats.qdpx.model import (
    QDC_TYPE,
    QDPX_TYPE,
    Case,
    Code,
    Coding,
    NotAProject,
    Note,
    Project,
    Remark,
    Selection,
    Source,
    User,
)
from mlezi.formats.qdpx.reading import read_codebook, read_project
from mlezi.formats.qdpx.writing import write_codebook, write_project

__all__ = [
    "QDC_TYPE",
    "QDPX_TYPE",
    "Case",
    "Code",
    "Coding",
    "NotAProject",
    "Note",
    "Project",
    "Remark",
    "Selection",
    "Source",
    "User",
    "read_codebook",
    "read_project",
    "write_codebook",
    "write_project",
]
