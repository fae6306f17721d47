"""Whether it works: datasets, indicators, rollups, facility figures; studies come here too."""
