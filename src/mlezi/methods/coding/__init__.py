"""Coded text as a methodologist sees it: spans, units, counts. Import the module, not this package.

* `carrying` - where a span went when its text was edited
* `units` - codings made into units of analysis, and into the table that agreement is computed from
* `counting` - themes by participants, documents and mentions
* `guessing` - suggestions from a coder's own codings, with their precision
"""
