"""Who supports whom, from a column of a list of people or from a list of pairs."""
