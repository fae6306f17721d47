"""Messages that pyxform writes without a template: how to recognise them, what to say, what to do.

The first that fits holds. Named groups of a pattern become facts of the sentence.
"""

from __future__ import annotations

import re

from mlezi.formats.trouble import gettext_noop as say
from mlezi.formats.xlsform.remedies import Advice


def _when(code: str, pattern: str, reason: str, remedy: str, at: str = "") -> tuple[str, re.Pattern[str], Advice]:
    """`at` is "sheet column" where the message itself does not say."""
    sheet, _, column = at.partition(" ")
    return code, re.compile(pattern, re.DOTALL), Advice(reason, remedy, sheet, column)


AD_HOC: list[tuple[str, re.Pattern[str], Advice]] = [
    _when(
        "no_type",
        r"Question with no type",
        say("This row has no type."),
        say("Write what kind of question it is under type, as in text, integer, date or select_one yes_no."),
        "survey type",
    ),
    _when(
        "unknown_type",
        r"Unknown question type '?(?P<type>[^'.]*)",
        say("{type} is not a type of question."),
        say(
            "Use one of: text, integer, decimal, date, time, select_one LIST, select_multiple LIST, note, calculate,"
            " image, audio, geopoint, range, begin_group, begin_repeat. Check the spelling."
        ),
        "survey type",
    ),
    _when(
        "no_name",
        r"Question or group with no name",
        say("This question or group has no name."),
        say("Write a short name under name; expressions and tables use it."),
        "survey name",
    ),
    _when(
        "no_calculation",
        r"Missing calculation",
        say("Nothing is calculated here."),
        say("Write the expression under calculation, or delete the row."),
        "survey calculation",
    ),
    _when(
        "no_list",
        r"List name not in (?:external )?(?:choices|columns) sheet: (?P<list>\S+)",
        say("There is no list of choices named {list}."),
        say("Add its rows to the choices sheet under list_name {list}, or correct the spelling under type."),
        "survey type",
    ),
    _when(
        "no_choices",
        r"There should be a choices sheet",
        say("Questions with choices need a sheet named choices."),
        say("Add it with the columns list_name, name and label."),
    ),
    _when(
        "choice_with_space",
        r"Choice names with spaces.*See \[(?P<name>.*?)\] in \[(?P<list>.*?)\]",
        say("The choice {name} of the list {list} has a space in its name and is used where several can be chosen."),
        say("Replace the space with an underscore; the label may keep it."),
        "choices name",
    ),
    _when(
        "no_label",
        r"The survey element named '(?P<name>[^']+)' has no label or hint",
        say("The question {name} has nothing people can read."),
        say("Write the question under label."),
        "survey label",
    ),
    _when(
        "list_twice",
        r"same instance id will be generated.*Instance name: '(?P<list>[^']+)'",
        say("Two lists are both named {list}: a file beside the form, and one of the choices sheet or another file."),
        say("Rename one of them."),
        "survey type",
    ),
    _when(
        "file_ending",
        r"File name for '(?P<type>[^']+)' should end with one of",
        say("The list of this question is named without its ending."),
        say("Write the whole file name, as in select_one_from_file facilities.csv."),
        "survey type",
    ),
    _when(
        "circle",
        r"circular|cycle",
        say("Some questions are calculated from each other in a circle."),
        say("Break the circle: one of them must not use the other."),
    ),
    _when(
        "duplicate_header",
        r"Duplicate column header: (?P<column>.*)",
        say("Two columns are both named {column}."),
        say("Rename or delete one of them."),
    ),
    _when(
        "or_other_translated",
        r"uses or_other and translations",
        say("or_other adds a choice and a question of its own, in English only."),
        say("Add a choice other to the list and a text question that appears when it is chosen, in every language."),
        "survey type",
    ),
    _when(
        "or_other",
        r"or[ _]other",
        say("or_other does not work here: {message}"),
        say("Add a choice other to the list and a text question that appears when it is chosen."),
        "survey type",
    ),
    # --- warnings ---
    _when(
        "language_missing",
        r"Language '(?P<language>[^']+)' is missing the (?P<sheet>\w+) (?P<columns>.+?) columns?\.",
        say("The sheet {sheet} has no {columns} in {language}."),
        say("Add a column {columns}::{language} and fill it in, or remove the other columns of that language."),
    ),
    _when(
        "language_code",
        r"valid machine-readable codes: (?P<languages>.*?)\. Learn",
        say("These languages carry no code, so a phone cannot choose the reader's own: {languages}."),
        say("Write the code behind the name in the column's title, as in label::Kiswahili (sw)."),
    ),
    _when(
        "big_pictures",
        r"Use the max-pixels parameter",
        say("Photographs are sent in full size, which is slow on a bad line."),
        say("Write max-pixels=1024 under parameters."),
        "survey parameters",
    ),
    _when(
        "group_without_label",
        r"(?:Group|Repeat) has no label",
        say("This group has no label: its page has no heading."),
        say("Write a heading under label, if people should see one."),
        "survey label",
    ),
    _when(
        "skipped_row",
        r"Row without name, text, or label is being skipped",
        say("This row was left out: it has no name and no label."),
        say("Fill it in, or delete the row."),
        "survey",
    ),
    _when(
        "old_device_type",
        r"\] (?P<type>\w+) is no longer supported on most devices",
        say("Phones no longer answer {type}."),
        say("Delete the row."),
        "survey type",
    ),
]
