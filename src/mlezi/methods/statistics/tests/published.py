"""Reads the small public data sets beside these tests; an empty field is a gap."""

import csv
from pathlib import Path

FOLDER = Path(__file__).parent / "data"

# Student 1908, Biometrika 6:1, extra hours of sleep of the same ten people under two drugs; R `sleep`.
SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def columns(name):
    """The columns of a data set by name, numbers or None."""
    with (FOLDER / f"{name}.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {key: [float(row[key]) if row[key] else None for row in rows] for key in rows[0]}
