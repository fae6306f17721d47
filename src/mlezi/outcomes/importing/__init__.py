"""Lists of what became of people: figures and milestones, and times in employment."""
