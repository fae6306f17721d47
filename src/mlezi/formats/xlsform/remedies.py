"""What to say and what to do for each thing pyxform can find wrong: one table, in plain words.

Facts in braces: what pyxform's own template names, `cell_…` for what stands in that row, `message` for
pyxform's sentence, and for names given twice `first_row` and `list`.
"""

from __future__ import annotations

from dataclasses import dataclass

from mlezi.formats.trouble import gettext_noop as say


@dataclass(frozen=True)
class Advice:
    reason: str
    remedy: str
    sheet: str = ""
    column: str = ""


NAME_RULE = say(
    "Begin with a letter or an underscore and go on with letters, digits, underscores, hyphens or periods; no spaces."
)
FALLBACK = Advice(
    say("The form converter says: {message}"),
    say("Correct what it names and try again."),
)
PARAMETERS = Advice(
    say("The parameters are not right: {message}"),
    say("Write them as name=value with a space between two, as in start=1 end=5 step=1."),
    "survey",
    "parameters",
)
ENTITY = Advice(
    say("The list of people or places that this form adds to is not described right: {message}"),
    say("Compare the entities sheet and the save_to column with the how-to on publishing forms."),
)

BY_CODE: dict[str, Advice] = {
    "NAMES_007": Advice(
        say("The choice {cell_name} stands twice in the list {list}: here and in row {first_row}."),
        say(
            "If they are two different answers, give this one a name of its own and use the new name wherever an"
            " expression mentions it. If it is the same answer, delete this row. If the list is filtered by an earlier"
            " answer and the name is meant to occur again, add a column allow_choice_duplicates to the settings sheet"
            " and write yes under it."
        ),
        "choices",
        "name",
    ),
    "NAMES_006": Advice(
        say("This choice has no name."),
        say("Write a short name under name; it is what gets stored, as in yes. Or delete the row."),
        "choices",
        "name",
    ),
    "LABEL_001": Advice(
        say("The choice {cell_name} has no label, so people would read its name."),
        say("Write under label what people should read."),
        "choices",
        "label",
    ),
    "NAMES_001": Advice(
        say("The name {value} is used twice in the same group: here and in row {first_row}."),
        say("Give this question or group another name."),
        "survey",
        "name",
    ),
    "NAMES_002": Advice(
        say("The name {value} differs from another one only in capital letters; tables are hard to read then."),
        say("Give one of them a clearly different name."),
        "survey",
        "name",
    ),
    "NAMES_003": Advice(
        say("The repeat {value} has the same name as the form itself."), say("Give the repeat another name."), "survey"
    ),
    "NAMES_004": Advice(
        say("Another repeat is called {value} too."), say("Give every repeat a name of its own."), "survey", "name"
    ),
    "NAMES_005": Advice(
        say("The name meta is kept for the form's own notes."), say("Choose another name."), "survey", "name"
    ),
    "NAMES_008": Advice(say("This cannot be a name in a form: {cell_name}."), NAME_RULE),
    "NAMES_009": Advice(say("{name} is not a name a form can have."), NAME_RULE),
    "NAMES_010": Advice(say("Two underscores at the beginning are kept for the form itself."), say("Remove one.")),
    "NAMES_011": Advice(say("This name must not contain a period."), say("Use an underscore instead.")),
    "NAMES_012": Advice(say("name and label cannot be used here."), say("Choose another word.")),
    "NAMES_013": Advice(
        say("There is no sheet named {sheet}, but one that is named nearly so: {candidates}."),
        say("If that sheet is meant, rename it to {sheet}; otherwise nothing needs to be done."),
    ),
    "PYREF_001": Advice(
        say("A reference to another question is not complete."),
        say("Write it as ${name_of_the_question}, with both braces."),
    ),
    "PYREF_002": Advice(say("Two references stand side by side."), say("Put a comma between them.")),
    "PYREF_003": Advice(
        say("There is no question named {q}."),
        say("Correct the spelling, or add the question on the survey sheet. Capital letters count."),
    ),
    "PYREF_004": Advice(
        say("{q} is the name of more than one question, so it is not clear which is meant."),
        say("Rename one of them and use the new name here."),
    ),
    "SURVEY_001": Advice(
        say("This ends a {type} that was never begun."),
        say("Delete this row, or add begin_{type} above where it should begin."),
        "survey",
        "type",
    ),
    "SURVEY_002": Advice(
        say("The {type} {name} begins here and never ends."),
        say("Add a row end_{type} after its last question."),
        "survey",
        "type",
    ),
    "SURVEY_004": PARAMETERS,
    "SURVEY_005": Advice(
        say("{rejected} is not a parameter of this type of question."),
        say("Use one of: {accepted}; or remove it."),
        "survey",
        "parameters",
    ),
    "HEADER_001": Advice(
        say("The first row of the sheet {sheet_name} does not name its columns."),
        say(
            "Add a first row with the names of the columns (survey: type, name, label; choices: list_name, name,"
            " label)."
        ),
    ),
    "HEADER_002": Advice(
        say("{other} and {header} are two names for the same column."),
        say("Keep one of them; move its cells if needed."),
    ),
    "HEADER_003": Advice(
        say("The sheet {sheet_name} lacks a column it must have: {missing}."),
        say("Add it in the first row; capital letters and underscores count."),
    ),
    "HEADER_004": Advice(
        say("A column has no name or a name with a space: {column}."),
        say("Name it without spaces, or delete the column."),
        "choices",
    ),
    "HEADER_005": Advice(
        say("These columns are not known here: {columns}."), say("Correct their spelling or remove them.")
    ),
    **{f"RANGE_{number:03}": PARAMETERS for number in range(1, 13)},
    **{f"SURVEY_{number:03}": PARAMETERS for number in (3, 6, 7, 8, 9)},
    **{f"ENTITY_{number:03}": ENTITY for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13)},
    "NAMES_014": ENTITY,
    "NAMES_015": ENTITY,
}
