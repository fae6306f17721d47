"""Print the form the suite fills in: `python -m tests.systems.openrosa [VERSION]`."""

import sys

from mlezi.testing.conformance_form import source

print(source(sys.argv[1] if len(sys.argv) > 1 else "2").decode())
