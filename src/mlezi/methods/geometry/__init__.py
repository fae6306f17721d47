"""Points on the ground drawn on a page: a projection for small areas, hulls, and lines with fewer points."""
