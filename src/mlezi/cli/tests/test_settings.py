"""A setting that cannot be read is said in a sentence, with its name and what it is for."""

import os
import subprocess
import sys

import pytest


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
    environment = {**os.environ, "MLEZI_DATA": str(tmp_path), name: value}
    command = [sys.executable, "-m", "mlezi.cli", "doctor"]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 3
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
