"""Documents for people: pages, PDF, Word, spreadsheets."""
