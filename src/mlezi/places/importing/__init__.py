"""How a row of a spreadsheet becomes a place. The name of a place is not its identity: names repeat."""
