"""What became of people: figures, papers, milestones, employment. Typed, imported, or filled in a form."""
