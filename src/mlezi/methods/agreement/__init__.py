"""Agreement between people who code or rate the same things. Import the module, not this package.

* `two_coders` - `agreement`: percent, Cohen's kappa (also weighted), Scott's pi, Gwet's AC1, Brennan-Prediger
* `many_coders` - `agreement`: percent, Fleiss, Conger, AC1, Brennan-Prediger; gaps allowed
* `krippendorff` - `alpha`: nominal, ordinal, interval, ratio; bootstrap over units
* `icc` - `intraclass`: ICC(1), (A,1), (C,1) and their averages, for ratings on a number

The unit (turn, answer, paragraph, participant) is declared by the caller and stands in every estimand: agreement by
character counts all the text that nobody coded as agreement and means little.
"""
