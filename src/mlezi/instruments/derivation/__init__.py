"""From submissions to meaning: a runner over batches, and the register of those who derive.

What belongs together (all records about one encounter, or one record about none) is a *unit*. A unit
is derived whole, from all its current records, whatever arrived first; so arrival order and repeats
cannot matter. Rooms above hand in their derivers at start-up (`register.fill`).
"""
