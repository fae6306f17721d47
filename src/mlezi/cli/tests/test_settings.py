"""A setting that cannot be read is said in a sentence, with its name and what it is for."""

import os
import subprocess
import sys

import pytest


def command(verb, **settings):
    words = [sys.executable, "-m", "mlezi.cli", verb]
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(words, env={**kept, **settings}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MLEZI_MAX_XML_MB", "five", "MLEZI_MAX_XML_MB='five' is not a whole number"),
        ("DATABASE_URL", "mysql://somewhere/x", "DATABASE_URL must start with postgres://"),
        ("DATABASE_URL", "postgres://mlezi:secret/half@db/mlezi", "DATABASE_URL cannot be read."),
        ("DATABASE_URL", "postgres://mlezi:x@[::1/mlezi", "DATABASE_URL cannot be read."),
    ],
)
def test_a_wrong_setting_is_told_without_a_traceback(tmp_path, name, value, said):
    done = command("doctor", MLEZI_DATA=str(tmp_path), **{name: value})

    assert done.returncode == 3
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


@pytest.mark.parametrize(("content", "said"), [(b"not a database" * 9, "file is not a database"), (b"", "")])
def test_a_damaged_database_is_told_with_what_to_do(tmp_path, content, said):
    (tmp_path / "mlezi.sqlite3").write_bytes(content)

    done = command("doctor", MLEZI_DATA=str(tmp_path))

    assert said in done.stdout
    assert ("restore the newest backup" in done.stdout) == bool(said)
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_one_is_told_without_a_traceback(tmp_path):
    (tmp_path / "file").touch()

    done = command("doctor", MLEZI_DATA=str(tmp_path / "file"))

    assert done.returncode == 3
    assert "cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
