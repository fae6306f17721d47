"""Word files and workbooks as the same bytes whenever they are made: without the hour in which it happened.

Both are ZIP files. Their libraries note the clock's time beside each part, and once more in `docProps/core.xml`.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # the file's own date; the day of the data stands in the text
_NOTES = "docProps/core.xml"
_WHEN = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^<]*(?=</dcterms:(?:created|modified)>)")


def timeless(content: bytes) -> bytes:
    """The same parts in the same order, all of them of one fixed day."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as parts,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in parts.namelist():
            part = parts.read(name)
            if name == _NOTES:
                part = _WHEN.sub(FIXED.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), part)
            about = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(about, part)
    return target.getvalue()
