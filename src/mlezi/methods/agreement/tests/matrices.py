"""Published codings that several tests use."""

# Krippendorff 2011, example C (four coders, gaps), one row per unit; R `irr::kripp.alpha`, irrCAC `cac.raw4raters`.
KRIPPENDORFF = [
    (1, 1, None, 1),
    (2, 2, 3, 2),
    (3, 3, 3, 3),
    (3, 3, 3, 3),
    (2, 2, 2, 2),
    (1, 2, 3, 4),
    (4, 4, 4, 4),
    (1, 1, 2, 1),
    (2, 2, 2, 2),
    (None, 5, 5, 5),
    (None, None, 1, 1),
    (None, None, 3, None),
]

# Gwet 2014, table of two abstractors and 100 records; irrCAC `cont3x3abstractors`.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]

# Stuart 1953, Biometrika 40:105: unaided vision of 7,477 women, right eye by left eye; R `irr::vision`.
VISION = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]

# R `irr::anxiety`: 20 people rated 1 to 6 by three raters.
ANXIETY = list(
    zip(
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
        strict=True,
    )
)

# Fleiss 1971, table 1: 30 patients, six diagnoses each, five categories; only counts were printed.
DIAGNOSES = """
444444 222555 233335 555555 222444 113333 333355 113334 114444 555555
144444 124444 222333 144444 224445 333335 111455 111112 224444 133555
555555 244444 224555 114444 144445 222224 111155 224444 133333 555555
"""
FLEISS = [tuple(int(code) for code in row) for row in DIAGNOSES.split()]

# Shrout and Fleiss 1979, table 2: six people, four judges.
SHROUT_FLEISS = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]


def unfolded(table):
    """Two columns of codings from a square table of counts."""
    cells = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    return [i for i, _ in cells], [j for _, j in cells]
