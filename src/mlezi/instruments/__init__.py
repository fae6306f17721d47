"""Forms, their published versions, and the records people send: kept as they came, for ever."""
