"""A form is published once and never changes; whoever publishes learns what is wrong and what to do."""

from pathlib import Path

import pytest

from mlezi.audit.models import Event
from mlezi.instruments import problems
from mlezi.instruments.actions import publishing
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.forms import source

DATA = Path(__file__).parent / "data"
VISIT = """
    | settings |
    |          | form_id | version | form_title |
    |          | visit   | 2026-01 | Visit      |
    | survey   |
    |          | type      | name | label | calculation  | bind::mlezi:as |
    |          | calculate | uid  |       | once(uuid()) | encounter      |
    |          | date      | day  | {day} |              | {meaning}      |
"""


def visit(day: str = "Day", meaning: str = "encounter.date") -> bytes:
    return source(VISIT.format(day=day, meaning=meaning))


def publish(world, content: bytes, **more):
    more = {"name": "visit.md", "by": world.chiku, "at": MORNING, "programme": world.programme, **more}
    return publishing.publish(source=content, **more)


def test_the_same_source_again_is_the_same_version(world):
    first = publish(world, visit())
    again = publish(world, visit())

    assert first.is_new
    assert not again.is_new
    assert again.version == first.version
    assert Event.objects.filter(name="form.published").count() == 1


def test_a_version_never_changes_its_content(world):
    publish(world, visit())

    with pytest.raises(problems.VersionTaken, match="such as 2026-02"):
        publish(world, visit(day="On which day?"))


def test_a_file_beside_the_form_is_part_of_the_version(world):
    publish(world, visit(), files={"poster.png": b"1"})

    assert not publish(world, visit(), files={"poster.png": b"1"}).is_new
    with pytest.raises(problems.VersionTaken):
        publish(world, visit(), files={"poster.png": b"2"})


def test_two_programmes_may_have_the_same_form(world):
    assert publish(world, visit()).is_new
    assert publish(world, visit(day="Other"), programme=world.other).is_new


def test_an_unknown_meaning_is_refused_with_the_nearest_one(world):
    with pytest.raises(problems.FormNotReady) as caught:
        publish(world, visit(meaning="encounter.dat"))

    where, reason, remedy = caught.value.troubles[0].say()
    assert where == "survey, row 3, column bind::mlezi:as"
    assert "Did you mean encounter.date?" in remedy


def test_a_meaning_of_the_wrong_type_is_refused(world):
    with pytest.raises(problems.FormNotReady, match="is of the type date"):
        publish(world, visit(meaning="encounter.minutes"))


def test_retired_and_closed_versions_stay_readable(world):
    version = publish(world, visit()).version

    retired = publishing.retire(version=version, by=world.chiku, at=MORNING)
    closed = publishing.close(form=version.form, by=world.chiku, at=MORNING)

    assert retired.retired_at == closed.closed_at == MORNING
    with pytest.raises(problems.FormClosed):
        publish(world, visit())
    publishing.reopen(form=version.form, by=world.chiku, at=MORNING)
    assert not publish(world, visit()).is_new


@pytest.mark.parametrize(
    ("now", "then"), [("2026-01", "2026-02"), ("9", "10"), ("v1.9b", "v1.10b"), ("draft", "draft-2")]
)
def test_the_next_version_is_suggested(now, then):
    assert publishing.next_version(now) == then
