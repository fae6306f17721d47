"""What all tests share."""

import os
import tempfile

# Tests never touch the data of an installation.
os.environ.setdefault("MLEZI_DATA", tempfile.mkdtemp(prefix="mlezi-test-"))

pytest_plugins = ["mlezi.testing.fixtures"]
