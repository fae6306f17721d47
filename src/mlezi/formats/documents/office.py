"""Documents of word processors, and PDF. Each library is loaded by the first document that needs it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlezi.formats.documents.unreadable import CannotReadDocument
from mlezi.formats.plain import Text

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

MOST_UNPACKED = 300_000_000  # a small file that unpacks to more is an attack or a mistake
MOST_PAGES = 2_000


def word(content: bytes) -> Text:
    """Paragraphs in order, and the cells of tables line by line with tabs between."""
    import docx  # noqa: PLC0415

    _bounded(content, "docx")
    try:
        body = docx.Document(io.BytesIO(content))
        return Text("\n".join(_lines(body.iter_inner_content())))
    except Exception as error:  # a damaged file fails in many ways
        raise CannotReadDocument("damaged", kind="docx") from error


def _lines(parts: Iterator[Paragraph | Table]) -> Iterator[str]:
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    for part in parts:
        if isinstance(part, Paragraph):
            yield part.text
            continue
        for row in part.rows:
            cells = {
                id(cell._tc): cell.text.replace("\n", " ") for cell in row.cells
            }  # a merged cell comes once a column
            yield "\t".join(cells.values())


def open_document(content: bytes) -> Text:
    from odfdo import Document  # noqa: PLC0415

    _bounded(content, "odt")
    try:
        body = Document(io.BytesIO(content)).body
        parts = body.xpath("//text:p | //text:h")
        return Text("\n".join(part.inner_text for part in parts))
    except Exception as error:
        raise CannotReadDocument("damaged", kind="odt") from error


def portable(content: bytes) -> Text:
    return Text("\n".join(leaves(content)))


def leaves(content: bytes) -> list[str]:
    """The text layer of a PDF, page by page. A scan has none and is refused."""
    from pypdf import PdfReader  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotReadDocument("protected")
        if len(reader.pages) > MOST_PAGES:
            raise CannotReadDocument("too_long", most=MOST_PAGES)
        return [page.extract_text() for page in reader.pages]
    except CannotReadDocument:
        raise
    except Exception as error:
        raise CannotReadDocument("damaged", kind="pdf") from error


def _bounded(content: bytes, kind: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise CannotReadDocument("too_large", most=MOST_UNPACKED // 1_000_000)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        if isinstance(error, CannotReadDocument):
            raise
        raise CannotReadDocument("damaged", kind=kind) from error
