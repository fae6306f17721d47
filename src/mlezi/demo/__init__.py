"""One made-up year of clinical mentorship over the real facilities of Mwanza, for looking around.

`story` makes it up (pure, seeded); `records` writes what phones would send; `loading` brings it in
through the same actions as everybody's data. Nothing here is real but the facilities.
"""
