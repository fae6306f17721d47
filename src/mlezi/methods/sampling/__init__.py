"""Samples of records with known probability, and rates measured on them.

* `records.draw`, `records.draw_by_stratum` - who is checked; same seed, same sample, in any order of records
* `rates.match_rate` - how many checked records agree with the source, for the whole population
"""
