"""Every blueprint that ships applies to an empty installation, and a second time changes nothing. Its lists fit it."""

from datetime import date

import pytest

from mlezi.audit.actions import COMMAND_LINE
from mlezi.audit.imports.kinds import Context
from mlezi.blueprints import actions
from mlezi.blueprints.tests.folders import LIBRARY
from mlezi.instruments.models import FormVersion
from mlezi.programmes.models import Programme
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import imports

SHIPPED = sorted(folder.name for folder in LIBRARY.iterdir() if (folder / "blueprint.yaml").exists())
KINDS = {"places": "places", "people": "people", "posts": "employment", "steps": "person_outcomes",
         "results": "outcomes"}  # fmt: skip
FORMS = {"workshops": "workshop", "contacts": "session"}  # other lists are named as the form they hold answers to
OPTIONS = {"places": {"takes_part": True}, "results": {"measures": ["started", "culture_negative", "lost", "died"]}}


@pytest.mark.parametrize("name", SHIPPED)
def test_it_applies_and_a_second_time_does_nothing(db, name):
    first, again = (actions.apply(folder=LIBRARY / name, by=COMMAND_LINE, at=MORNING) for _ in range(2))

    assert not first.is_empty
    assert again.is_empty
    versions = FormVersion.objects.filter(form__programme__code=name)
    assert versions.exists()
    assert {tuple(sorted(version.languages)) for version in versions} == {("English (en)", "Kiswahili (sw)")}
    assert made_up(name) == set()


def made_up(name: str) -> set[str]:
    """What is wrong with the lists that come with a blueprint, brought in as its tutorial says."""
    programme, wrong = Programme.objects.get(code=name), set()
    lists = {path.stem: path for path in (LIBRARY / name / "made-up").glob("*.csv")}
    for code in sorted(lists, key=lambda code: (code != "places", code != "people", code)):
        options = OPTIONS.get(code, {}) if code in KINDS else {"form_id": FORMS.get(code, code)}
        within = Context(COMMAND_LINE, MORNING, date(2026, 12, 1), programme=programme, options=options)
        bring = imports.bring_in if code in ("places", "people") else imports.preview
        batch = bring(KINDS.get(code, "answers"), lists[code].read_bytes(), within)
        wrong |= {f"{code}: {column}" for column in batch.summary["unused_columns"]}
        if batch.summary["problem"] or not batch.rows.exists():
            wrong.add(f"{code}: {imports.reasons(batch)}")
    return wrong
