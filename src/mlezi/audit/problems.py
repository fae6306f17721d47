"""What can go wrong when a file is brought in or taken back."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from mlezi.formats.table import Unreadable
from mlezi.plumbing.problems import Problem


class UnreadableFile(Problem):
    """`reason` is a whole sentence that says what was found and what to do."""

    code = "imports.unreadable"
    message = noop("{reason}")


class MissingColumns(Problem):
    code = "imports.missing_columns"
    message = noop(
        "The file has no column {missing}. Its columns are: {found}. "
        "Rename the column in the first row of the file and bring it in again."
    )


class NoSuchBatch(Problem):
    status = 404
    code = "imports.no_such_batch"
    message = noop("There is no such import, or it is not yours to see.")


class PreviewIsStale(Problem):
    status = 409
    code = "imports.preview_is_stale"
    message = noop(
        "Something changed since the preview was made: row {row} would now do something else. "
        "Nothing was written. Bring the file in again to see a new preview."
    )


class AlreadyDone(Problem):
    status = 409
    code = "imports.already_done"
    message = noop("This import was already applied or undone. Bring the file in again if it should be repeated.")


class NotApplied(Problem):
    status = 409
    code = "imports.not_applied"
    message = noop("This import was not applied, so there is nothing to undo.")


class CannotUndo(Problem):
    status = 409
    code = "imports.cannot_undo"
    message = noop("This import cannot be undone: {reasons} Nothing was changed.")


SENTENCES = {
    "empty": noop("The file holds no rows. Check that the right file and sheet were chosen."),
    "no_rows": noop("The sheet that was read holds no rows. Choose another of this workbook's sheets: {sheets}."),
    "too_many_rows": noop("The file has more than {most} rows. Split it and bring in the pieces."),
    "column_twice": noop("Two columns are called “{column}”. Rename or remove one and bring the file in again."),
    "more_cells_than_columns": noop(
        "Row {row} has {cells} cells but there are {columns} columns. "
        "Look for a comma or line break inside a cell that is not in quotes."
    ),
    "damaged_workbook": noop("The workbook cannot be opened. Save it again as .xlsx or CSV and try once more."),
    "too_large": noop("The workbook unpacks to more than we take. Save the one sheet as CSV and bring that in."),
    "no_such_sheet": noop("The workbook has no sheet “{sheet}”. Its sheets are: {sheets}."),
    "not_a_table": noop("This is not a table we can read. Bring in a CSV, .xlsx, .ods or .xls file."),
}


def unreadable(error: Unreadable) -> UnreadableFile:
    """The problem to show for a file that the formats could not read."""

    sentence = gettext(SENTENCES.get(error.code, SENTENCES["not_a_table"]))
    return UnreadableFile(reason=sentence.format(**error.facts), found=error.code)
