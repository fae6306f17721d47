"""Somebody who installed Mlezi begins from a blueprint that came with it, and never loses a file by it."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from mlezi.blueprints import problems, reading, shipped
from mlezi.cli.blueprints import command


def said(*words):
    answer = CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_every_blueprint_is_listed_by_what_it_is_called():
    assert "training-needs          Training needs in the laboratory" in said("list")
    assert set(json.loads(said("list", "--json"))) == {folder.name for folder in shipped.LIBRARY.iterdir()}


@pytest.mark.parametrize("name", shipped.titles())
def test_a_copy_is_whole_and_can_be_read(name, tmp_path):
    said("copy", name, tmp_path / "mine")

    def files(folder):
        return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    assert files(tmp_path / "mine") == files(shipped.LIBRARY / name)
    assert reading.read(tmp_path / "mine").blueprint.code == name


def test_without_a_folder_it_lies_beside_you(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "mlezi check training-needs" in said("copy", "training-needs")
    assert (tmp_path / "training-needs" / "study.yaml").exists()


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "study.yaml").write_text("mine")
    with pytest.raises(problems.FolderInUse):
        shipped.copy(name="training-needs", folder=tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["study.yaml"]


def test_an_unknown_name_is_told_which_there_are(tmp_path):
    with pytest.raises(problems.NotShipped, match="clinical-mentorship, doctoral-mentoring"):
        shipped.copy(name="../library", folder=tmp_path / "x")


def test_what_needs_only_files_leaves_no_installation(tmp_path):
    said("copy", "training-needs", tmp_path / "training-needs")
    env = {name: value for name, value in os.environ.items() if name not in ("MLEZI_DATA", "DATABASE_URL")}
    subprocess.run([sys.executable, "-m", "mlezi.cli", "check", "training-needs"], cwd=tmp_path, env=env, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["training-needs"]
