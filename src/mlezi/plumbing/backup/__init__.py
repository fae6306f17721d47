"""A whole installation in one file, taken while people work, restored into either database.

The file is a zip: `manifest.json`, one `tables/NAME.jsonl` per table (one row a line, in the order of
its key), and the stored files. Sessions and the secret key are left out: after a restore everybody
signs in again.
"""

from mlezi.plumbing.backup.reading import restore
from mlezi.plumbing.backup.writing import write

__all__ = ["restore", "write"]
