"""How a row of a spreadsheet becomes a person with a post."""
