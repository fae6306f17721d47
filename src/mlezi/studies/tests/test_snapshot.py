"""A snapshot holds no key to anybody, is the same for the same records, and is checked when it is opened."""

import duckdb
import pytest

from mlezi.audit.actions import COMMAND_LINE
from mlezi.studies import data, freezing, problems
from mlezi.studies.models import Snapshot
from mlezi.testing.cast import MORNING

pytestmark = pytest.mark.django_db


def contents(folder):
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def freeze(study, folder=None):
    return freezing.freeze(study=study, by=COMMAND_LINE, at=MORNING, folder=folder)


def test_the_same_records_give_the_same_bytes(study, tmp_path):
    first = freeze(study, tmp_path / "one")
    second = freeze(study, tmp_path / "two")

    assert first == second
    assert Snapshot.objects.count() == 1
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_nobody_can_be_named_from_a_snapshot(study, busy, tmp_path):
    snapshot = freeze(study, tmp_path / "one")
    everything = words(tmp_path / "one")

    for person in busy.mentees:
        assert not everything & {person.name, str(person.uid), person.uid.hex, str(person.pk)}
    assert not any(bytes(snapshot.salt).hex() in one for one in everything)
    assert any(one.startswith("P") for one in everything)


def words(folder):
    """Every text in every file of a snapshot."""
    found = set((folder / "manifest.json").read_text().split('"'))
    for file in (folder / "data").rglob("*.parquet"):
        for row in duckdb.sql(f"SELECT * FROM '{file}'").fetchall():
            found |= {one for one in row if isinstance(one, str)}
    return found


def test_a_changed_file_is_found_out(study, tmp_path):
    freeze(study, tmp_path / "one")
    target = tmp_path / "one" / "data" / "ratings.parquet"
    target.write_bytes(target.read_bytes() + b"x")

    with pytest.raises(problems.WasChanged, match=r"ratings\.parquet"), data.opened(tmp_path / "one"):
        pass


def test_a_folder_that_holds_something_is_left_alone(study, tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "mine.txt").write_text("mine")

    with pytest.raises(problems.FolderNotEmpty):
        freeze(study, tmp_path / "one")


def test_any_folder_is_not_a_snapshot(tmp_path):
    with pytest.raises(problems.NotASnapshot), data.opened(tmp_path):
        pass
