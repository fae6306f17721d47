"""Who should be paired with whom: the best assignment, its proof and its reasons.

`problem` says what is asked, `solve` answers it, `certificate` is the proof that comes along and
`verify` checks the proof without trusting the solver. Nothing here knows Django, the clock or the dice.
"""
