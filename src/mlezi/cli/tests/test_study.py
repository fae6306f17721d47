"""A study from the command line: frozen, analysed, repeated by a stranger, and what a spoiled folder is told."""

import json
import time

import pytest
from click.testing import CliRunner

from mlezi.cli.analyse import command as analyse
from mlezi.cli.replicate import command as replicate
from mlezi.cli.snapshot import command as snapshot
from mlezi.plumbing.problems import Problem
from mlezi.studies.tests.conftest import *  # noqa: F403 - the same world

pytestmark = pytest.mark.django_db


def said(command, *words, code=0):
    answer = CliRunner().invoke(command, [str(word) for word in words])
    assert answer.exit_code == code, answer.output
    return answer.output


def test_frozen_analysed_and_repeated(study, tmp_path):
    told = said(snapshot, "progress", "--to", tmp_path / "frozen")
    assert "31 people after: enrolled" in told

    told = said(analyse, "progress", "--snapshot", tmp_path / "frozen", "--to", tmp_path / "published")
    assert "Encounters, everybody, mean: 7.45 (95 % interval" in told

    assert "come out as published" in said(replicate, tmp_path / "published")


def test_a_stranger_with_a_spoiled_file_is_told_which(study, tmp_path):
    said(snapshot, "mwanza/progress", "--to", tmp_path / "frozen")
    said(analyse, "progress", "--snapshot", tmp_path / "frozen", "--to", tmp_path / "published")
    file = tmp_path / "published" / "data" / "participants.parquet"
    file.write_bytes(file.read_bytes()[:-1])

    answer = json.loads(said(replicate, tmp_path / "published", "--json", code=1))

    assert answer["same"] is False
    assert answer["differs"][0].startswith("data/participants.parquet")


def test_published_again_every_byte_is_the_same_and_every_change_is_seen(study, tmp_path):
    said(snapshot, "progress", "--to", tmp_path / "frozen")
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        said(analyse, "progress", "--snapshot", tmp_path / "frozen", "--to", folder)
        time.sleep(2.1)  # ZIP files count in steps of two seconds
    names = sorted(file.relative_to(folders[0]) for file in folders[0].rglob("*") if file.is_file())

    assert [name for name in names if (folders[0] / name).read_bytes() != (folders[1] / name).read_bytes()] == []
    pdf = folders[1] / "report.en.pdf"
    font = bytearray(pdf.read_bytes())
    font[font.find(b"stream", font.find(b"FontFile")) + 400] ^= 1
    pdf.write_bytes(font)
    (folders[1] / "data" / "more.parquet").write_bytes(b"")
    assert "data/more.parquet: the manifest does not name it" in said(replicate, folders[1], code=1)
    (folders[1] / "data" / "more.parquet").unlink()
    assert "report.en.pdf: it is not the report" in said(replicate, folders[1], code=1)


def test_a_study_that_is_not_there_is_answered_with_those_that_are(study):
    answer = CliRunner().invoke(snapshot, ["progres"])

    assert isinstance(answer.exception, Problem)
    assert "mwanza/progress" in str(answer.exception)


def test_the_catalogue_says_what_each_analysis_lets_you_say():
    told = said(analyse, "x", "--catalogue")

    assert "paired_change: Change in the same people" in told
    assert "does not say why" in told
