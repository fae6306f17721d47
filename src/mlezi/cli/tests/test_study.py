"""A study from the command line: frozen, analysed, repeated by a stranger, and what a spoiled folder is told."""

import json

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


def test_a_study_that_is_not_there_is_answered_with_those_that_are(study):
    answer = CliRunner().invoke(snapshot, ["progres"])

    assert isinstance(answer.exception, Problem)
    assert "mwanza/progress" in str(answer.exception)


def test_the_catalogue_says_what_each_analysis_lets_you_say():
    told = said(analyse, "x", "--catalogue")

    assert "paired_change: Change in the same people" in told
    assert "does not say why" in told
